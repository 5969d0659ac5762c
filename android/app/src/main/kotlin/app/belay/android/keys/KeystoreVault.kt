package app.belay.android.keys

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import java.security.GeneralSecurityException
import java.security.InvalidKeyException
import java.security.KeyStore
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** The name under which Android offers its keystore. */
internal const val ANDROID_KEYSTORE = "AndroidKeyStore"

/** The key is gone for good: the phone was restored from a copy, reset, or its keystore was emptied. */
class KeyGoneException(cause: Throwable? = null) : Exception(cause)

/** The keystore does not answer now; it may later, for instance when the phone is unlocked. */
class KeystoreAwayException(cause: Throwable) : Exception(cause)

/**
 * Seals small secrets under an AES key that is made in the phone's keystore and never leaves it, so a copy of
 * the app's files is worth nothing on another device. What is sealed for one purpose does not open for another.
 */
class KeystoreVault(private val alias: String) {
    /** Seals [plain]; makes the key where there is none. Blocks for some milliseconds. */
    fun seal(plain: ByteArray, purpose: String): ByteArray = asking {
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.ENCRYPT_MODE, key() ?: makeKey())
        cipher.updateAAD(purpose.toByteArray())
        byteArrayOf(VERSION) + cipher.iv + cipher.doFinal(plain)
    }

    /** Opens what [seal] gave for the same [purpose]. */
    fun open(sealed: ByteArray, purpose: String): ByteArray = asking {
        if (sealed.size < HEADER + TAG_BITS / Byte.SIZE_BITS || sealed[0] != VERSION) throw KeyGoneException()
        val cipher = Cipher.getInstance(TRANSFORMATION)
        val nonce = GCMParameterSpec(TAG_BITS, sealed, 1, NONCE)
        cipher.init(Cipher.DECRYPT_MODE, key() ?: throw KeyGoneException(), nonce)
        cipher.updateAAD(purpose.toByteArray())
        cipher.doFinal(sealed, HEADER, sealed.size - HEADER)
    }

    /** Forgets the key: nothing that it sealed opens again. */
    fun forget() = asking { store().deleteEntry(alias) }

    private fun key(): SecretKey? = store().getKey(alias, null) as SecretKey?

    private fun makeKey(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(alias, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(KEY_BITS)
            // Android 12 to 14 delete such keys when the screen lock is taken away, and with them a journal.
            .apply { if (Build.VERSION.SDK_INT >= UNLOCK_IS_SAFE_SINCE) setUnlockedDeviceRequired(true) }
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, ANDROID_KEYSTORE).run {
            init(spec)
            generateKey()
        }
    }

    private companion object {
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val VERSION: Byte = 1
        const val NONCE = 12
        const val HEADER = 1 + NONCE
        const val TAG_BITS = 128
        const val KEY_BITS = 256
        const val UNLOCK_IS_SAFE_SINCE = Build.VERSION_CODES.VANILLA_ICE_CREAM
    }
}

internal fun store(): KeyStore = KeyStore.getInstance(ANDROID_KEYSTORE).apply { load(null) }

/** Runs [work], telling a key that is gone from a keystore that does not answer. */
internal inline fun <T> asking(work: () -> T): T = try {
    work()
} catch (error: KeyPermanentlyInvalidatedException) {
    throw KeyGoneException(error)
} catch (error: AEADBadTagException) {
    // Another key under the same name: the files came from elsewhere.
    throw KeyGoneException(error)
} catch (error: UnrecoverableKeyException) {
    throw KeyGoneException(error)
} catch (error: InvalidKeyException) {
    throw KeystoreAwayException(error)
} catch (error: GeneralSecurityException) {
    throw KeystoreAwayException(error)
} catch (error: ProviderException) {
    throw KeystoreAwayException(error)
}
