package app.belay.ui

import app.belay.core.Discovery

/** What only a shell can do. Every member returns at once; nothing here may write to a log. */
interface Platform {
    /** Hands a text to the system's share sheet. */
    fun shareText(text: String)

    /** Opens the dialler, a message or a page at [address]; the person makes the last tap. */
    fun dial(address: String)

    /**
     * Opens a text message to [number] that says [text]; the person makes the last tap. A shell that can write none
     * puts the number on the clipboard.
     */
    fun message(number: String, text: String) = copy("", number)

    /** Opens a page in the browser. */
    fun openPage(url: String)

    /** Puts a text on the clipboard, marked as sensitive where the system knows that. */
    fun copy(label: String, text: String)

    /** Where a file called [name] can be written that [shareFile] hands on; no other app sees the place. */
    fun newFile(name: String): String

    /** Hands a file of [newFile] to the system: to send, or to keep. */
    fun shareFile(path: String)

    /** Lets the person choose a file, and gives a copy of it; null when they turned back. */
    suspend fun pickFile(): String?

    /** Removes a file of [newFile] or [pickFile]. */
    fun dropFile(path: String)

    /** Photos, voice memos and files. */
    val attaching: Attaching get() = NoAttaching

    /** How this system finds others on one network; null takes what is built in for desktops. */
    fun discovery(): Discovery? = null

    /** Whether a camera can be asked for; without one the typed text is offered first. */
    val canScan: Boolean

    /** Scans a QR code; null when the person turned back or nothing was read. */
    suspend fun scanQr(): String?

    /** Whether this device can ask for a fingerprint, a face or the device's own code. */
    val canLock: Boolean

    /** Whether the app asks for it. */
    var appLock: Boolean

    /** Whether this shell can say, while nobody looks, that somebody shared something. */
    val canTell: Boolean

    /** Whether it does: always in the same words, nothing of what it is about. */
    val tells: Boolean

    /** Wishes for it, or not; may ask the person first. Whether it does then. */
    suspend fun tell(wanted: Boolean): Boolean

    /** BCP 47 tag of the chosen language, or null to follow the device. */
    var language: String?

    /** ISO 3166 country the device says it is in; a hint, never a certainty. */
    val region: String?

    /** The person asked the system for less motion. */
    val reducedMotion: Boolean
}

/** A shell that can do none of it: for previews, and a start for fakes. */
open class NoPlatform : Platform {
    override fun shareText(text: String) = Unit

    override fun dial(address: String) = Unit

    override fun openPage(url: String) = Unit

    override fun copy(label: String, text: String) = Unit

    override fun newFile(name: String): String = name

    override fun shareFile(path: String) = Unit

    override suspend fun pickFile(): String? = null

    override fun dropFile(path: String) = Unit

    override val canScan: Boolean = false

    override suspend fun scanQr(): String? = null

    override val canLock: Boolean = false

    override var appLock: Boolean = false

    override val canTell: Boolean = false

    override val tells: Boolean = false

    override suspend fun tell(wanted: Boolean): Boolean = false

    override var language: String? = null

    override val region: String? = null

    override val reducedMotion: Boolean = false
}
