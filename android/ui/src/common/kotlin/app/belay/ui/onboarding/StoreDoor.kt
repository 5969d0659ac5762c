package app.belay.ui.onboarding

import app.belay.core.BelayCoreInterface
import app.belay.core.Discovery
import app.belay.core.FarewellView
import app.belay.core.NewPerson
import app.belay.core.NewRestored
import app.belay.ui.recovery.Restored

/** The way into a store on this device, before one is open. A fake of it needs no disk. */
interface StoreDoor {
    /** Whether a store lies here. */
    suspend fun exists(): Boolean

    /** Whether it asks for a passphrase beside the key of the device. */
    suspend fun needsPassphrase(): Boolean

    /** The key of the store that was last asked for is gone for good: asking again will not help. */
    fun keyIsGone(): Boolean

    /** Makes a store. */
    suspend fun create(new: NewPerson): BelayCoreInterface

    /** Opens the store that lies here. */
    suspend fun open(passphrase: String?): BelayCoreInterface

    /** Comes back from words and the relay that kept the sealed copy; where there is none, nothing is made. */
    suspend fun restore(new: NewRestored, relay: String, allowPlainHttp: Boolean): Restored

    /** Comes back from words and a file that Belay wrote for this person's own devices, with what it holds. */
    suspend fun restoreFromFile(new: NewRestored, path: String): Restored

    /** Comes back from words and another own device in the same room, found by [discovery] or at [address]. */
    suspend fun restoreNear(new: NewRestored, address: String?, discovery: Discovery?): Restored

    /** Opens the store that lies here with the words in place of its key, which is made anew. */
    suspend fun openWithWords(words: String): BelayCoreInterface

    /** Removes the store without opening it and without telling anybody. */
    suspend fun eraseNow()

    /** What a store whose everything was deleted has still to say. */
    suspend fun farewellLeft(passphrase: String?): FarewellView

    /** Says it; the store is removed once nothing is left to be said. */
    suspend fun sendFarewell(passphrase: String?): FarewellView

    /** Makes an empty store for a further device of a person; it waits to be admitted. */
    suspend fun createOwnDevice(passphrase: String?): BelayCoreInterface
}
