package app.belay.ui.attachments

import java.io.File
import java.io.IOException
import java.io.InputStream
import java.nio.ByteBuffer
import java.security.GeneralSecurityException
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec

/**
 * A copy of a file that only one key opens. The key is made for this one copy and used for nothing else. The file is
 * sealed piece by piece with AES-GCM, each piece under its number and whether it is the last: none can be changed,
 * moved or left out, and none is ever whole in memory.
 */
object SealedCopy {
    private const val CIPHER = "AES/GCM/NoPadding"
    private const val KEY_BYTES = 32
    private const val TAG_BITS = 128
    private const val TAG_BYTES = 16
    private const val NONCE_BYTES = 12
    private const val PIECE = 64 * 1024

    /** A new key, in hexadecimal digits. */
    fun newKey(): String = ByteArray(KEY_BYTES).also(SecureRandom()::nextBytes).joinToString("") { "%02x".format(it) }

    /** Whether a text can be a key. */
    fun isKey(text: String): Boolean = text.length == 2 * KEY_BYTES && text.all { it in '0'..'9' || it in 'a'..'f' }

    /** Seals [from] into [to]. */
    fun seal(from: File, to: File, key: String) = pieces(from, to, PIECE, Cipher.ENCRYPT_MODE, key)

    /** Opens what [seal] made. */
    @Throws(IOException::class, GeneralSecurityException::class)
    fun open(from: File, to: File, key: String) = pieces(from, to, PIECE + TAG_BYTES, Cipher.DECRYPT_MODE, key)

    private fun pieces(from: File, to: File, size: Int, mode: Int, key: String) {
        val secret = SecretKeySpec(key.chunked(2).map { it.toInt(radix = 16).toByte() }.toByteArray(), "AES")
        from.inputStream().use { input ->
            to.outputStream().use { output ->
                var piece = input.readNBytesOf(size)
                var number = 0L
                while (true) {
                    if (mode == Cipher.DECRYPT_MODE && piece.size < TAG_BYTES) throw IOException("cut short")
                    // A piece is the last one when nothing follows it.
                    val next = if (piece.size < size) ByteArray(0) else input.readNBytesOf(size)
                    val cipher = Cipher.getInstance(CIPHER)
                    cipher.init(mode, secret, GCMParameterSpec(TAG_BITS, nonce(number, isLast = next.isEmpty())))
                    output.write(cipher.doFinal(piece))
                    if (next.isEmpty()) break
                    piece = next
                    number++
                }
            }
        }
    }

    private fun nonce(number: Long, isLast: Boolean): ByteArray =
        ByteBuffer.allocate(NONCE_BYTES).putInt(if (isLast) 1 else 0).putLong(number).array()

    /** As many bytes as there are, at most [count]. */
    private fun InputStream.readNBytesOf(count: Int): ByteArray {
        val bytes = ByteArray(count)
        var at = 0
        while (at < count) {
            val read = read(bytes, at, count - at)
            if (read < 0) break
            at += read
        }
        return if (at == count) bytes else bytes.copyOf(at)
    }
}
