package app.belay.ui.onboarding

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.Discovery
import app.belay.core.FarewellView
import app.belay.core.NewPerson
import app.belay.core.NewRestored
import app.belay.core.WordsObserver
import app.belay.ui.people.FakePeople
import app.belay.ui.recovery.Restored

/** Twenty-four words as a person gets them. */
val recoveryWords: List<String> = (
    "canvas lemon orbit tunnel gentle harbor maple silver pencil ribbon anchor meadow " +
        "violin basket copper island walnut feather lantern marble quiet summer thunder velvet"
    ).split(' ')

/** A core that holds recovery words until they are right. */
class FakeCoreWithWords(private val waits: Boolean = false, private val joining: suspend () -> Unit = {}) :
    FakePeople() {
    private var words = recoveryWords
    private var isClosed = false

    override suspend fun isWaitingDevice(): Boolean = waits

    override suspend fun shutdown() {
        if (isClosed) throw BelayException.Closed()
        isClosed = true
    }

    override suspend fun recoveryWords(): List<String> =
        words.ifEmpty { throw BelayException.Unavailable("no-recovery-words") }

    override suspend fun confirmRecoveryWords(words: String) {
        if (words != this.words.joinToString(" ")) throw BelayException.InvalidInput("recovery_words", "not_the_same")
        this.words = emptyList()
    }

    override suspend fun joinAsOwnDevice(text: String, observer: WordsObserver) {
        refuses?.let { throw it }
        joining()
        observer.showWords(listOf("ribbon", "harvest", "window", "candle"))
    }
}

/** A place for a store, without a disk. */
class FakeDoor(
    var isThere: Boolean = false,
    var asksPassphrase: Boolean = false,
    var open: (String?) -> BelayCoreInterface = { FakeCoreWithWords() }
) : StoreDoor {
    /** Who was made, in order. */
    val made = mutableListOf<NewPerson>()
    var refuses: BelayException? = null
    var erased = false

    /** Its key is gone, or only not handed out now. */
    var isKeyGone = true

    /** What happens while the other device is waited for. */
    var joins: suspend () -> Unit = {}
    var left = FarewellView(envelopes = 3u, erasures = 2u, troubles = emptyList(), finished = false)

    override suspend fun exists(): Boolean = isThere

    override suspend fun needsPassphrase(): Boolean = asksPassphrase

    override fun keyIsGone(): Boolean = isKeyGone

    override suspend fun create(new: NewPerson): BelayCoreInterface {
        refuses?.let { throw it }
        made += new
        isThere = true
        return FakeCoreWithWords()
    }

    override suspend fun open(passphrase: String?): BelayCoreInterface = open.invoke(passphrase)

    /** What comes back with which words. */
    var copies: (NewRestored) -> Restored = { throw BelayException.Unavailable("no-copy-found") }

    override suspend fun restore(new: NewRestored, relay: String, allowPlainHttp: Boolean): Restored {
        refuses?.let { throw it }
        return copies(new).also { isThere = true }
    }

    override suspend fun restoreFromFile(new: NewRestored, path: String): Restored {
        readFrom = path
        return restore(new, path, allowPlainHttp = false)
    }

    /** The file it came back from. */
    var readFrom: String? = null

    override suspend fun restoreNear(new: NewRestored, address: String?, discovery: Discovery?): Restored {
        readFrom = address
        return restore(new, address.orEmpty(), allowPlainHttp = false)
    }

    override suspend fun openWithWords(words: String): BelayCoreInterface =
        if (words == recoveryWords.joinToString(" ")) {
            FakeCoreWithWords()
        } else {
            throw BelayException.Unavailable("not-sealed-to-words")
        }

    override suspend fun eraseNow() {
        refuses?.let { throw it }
        erased = true
        isThere = false
    }

    override suspend fun farewellLeft(passphrase: String?): FarewellView = left

    override suspend fun sendFarewell(passphrase: String?): FarewellView = left

    override suspend fun createOwnDevice(passphrase: String?): BelayCoreInterface {
        refuses?.let { throw it }
        isThere = true
        return FakeCoreWithWords(waits = true) { joins() }
    }
}
