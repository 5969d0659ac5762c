package app.belay.android.keys

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import javax.crypto.KeyGenerator

/**
 * A number that stands in the keystore itself, as the name of a key that nothing is sealed with. The keystore's
 * own storage is outside the app's files, so a copy of those files that is put back later is seen to be old.
 */
class KeystoreCounter(private val prefix: String) {
    /** The number; null before the first [set]. */
    fun get(): ULong? = asking { names().mapNotNull(::number).maxOrNull() }

    /** Keeps [value]. A crash in between leaves the higher of both. */
    fun set(value: ULong) = asking {
        val old = names().filter { number(it) != value }
        if (value !in names().map(::number)) make(prefix + value)
        old.forEach(store()::deleteEntry)
    }

    /** Forgets the number. */
    fun forget() = asking { names().forEach(store()::deleteEntry) }

    private fun names(): List<String> = store().aliases().toList().filter { it.startsWith(prefix) }

    private fun number(name: String): ULong? = name.removePrefix(prefix).toULongOrNull()

    private fun make(name: String) {
        val spec = KeyGenParameterSpec.Builder(name, KeyProperties.PURPOSE_ENCRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .build()
        KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, ANDROID_KEYSTORE).run {
            init(spec)
            generateKey()
        }
    }
}
