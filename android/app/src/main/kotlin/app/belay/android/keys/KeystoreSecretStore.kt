package app.belay.android.keys

import android.content.Context
import android.system.ErrnoException
import android.system.OsConstants
import android.util.AtomicFile
import app.belay.core.HostException
import app.belay.core.SecretStore
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException

/**
 * The secret that opens the store: a small file in the folder that no backup takes, sealed under a key of the
 * keystore. A phone that was restored has the file at most, never the key; the core then says that its store is
 * locked, as it does when the keystore only does not answer now, and [keyIsGone] tells the two apart.
 */
class KeystoreSecretStore(
    folder: File,
    private val vault: KeystoreVault = KeystoreVault(KEY),
    private val counter: KeystoreCounter = KeystoreCounter(OPENS)
) : SecretStore {
    constructor(context: Context) : this(context.noBackupFilesDir)

    private val file = AtomicFile(File(folder, FILE))

    /** Nothing opens the store, and asking again will not help: as found when the keystore was last asked. */
    @Volatile
    var keyIsGone: Boolean = false
        private set

    override fun load(): ByteArray? = answering {
        keyIsGone = false
        val sealed = try {
            file.readFully()
        } catch (_: FileNotFoundException) {
            keyIsGone = true
            return@answering null
        }
        try {
            vault.open(sealed, PURPOSE)
        } catch (_: KeyGoneException) {
            keyIsGone = true
            null
        }
    }

    override fun save(secret: ByteArray) = answering {
        val sealed = vault.seal(secret, PURPOSE)
        val stream = file.startWrite()
        try {
            stream.write(sealed)
            file.finishWrite(stream)
        } catch (error: IOException) {
            file.failWrite(stream)
            throw error
        }
        keyIsGone = false
    }

    override fun delete() = answering {
        // The key first: without it the file is noise, should the rest not be reached.
        vault.forget()
        counter.forget()
        file.delete()
    }

    override fun opens(): ULong? = answering { counter.get() }

    override fun saveOpens(opens: ULong) = answering { counter.set(opens) }

    /** What the core understands of what went wrong. */
    private inline fun <T> answering(work: () -> T): T = try {
        work()
    } catch (_: KeystoreAwayException) {
        throw HostException.Locked()
    } catch (_: KeyGoneException) {
        keyIsGone = true
        throw HostException.Locked()
    } catch (error: IOException) {
        throw if (error.isFullDisk()) HostException.StorageFull() else HostException.Broken()
    }

    private companion object {
        const val KEY = "belay.store"
        const val OPENS = "belay.opens."
        const val FILE = "secret"
        const val PURPOSE = "belay/android/secret/1"
    }
}

private fun IOException.isFullDisk(): Boolean = (cause as? ErrnoException)?.errno == OsConstants.ENOSPC
