package app.belay.android.testkit

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.ProviderException
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGenerator
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey

/**
 * Stands in for Android's keystore, which Robolectric does not have: AES keys in a map, with the specification
 * each was asked for. It proves how the app uses a keystore, and nothing about a real one.
 */
object FakeKeystore {
    private const val NAME = "AndroidKeyStore"

    /** The keys, by their aliases. */
    val keys = sortedMapOf<String, SecretKey>()

    /** What each key was asked for as. */
    val asked = mutableMapOf<String, KeyGenParameterSpec>()

    /** Answers nothing, as a real one does while a phone is locked. */
    var isAway = false

    /** Puts an empty one in place. */
    fun install() {
        keys.clear()
        asked.clear()
        isAway = false
        Security.removeProvider(NAME)
        Security.addProvider(
            object : Provider(NAME, "1", "AES keys in a map") {
                init {
                    put("KeyStore.$NAME", Store::class.java.name)
                    put("KeyGenerator.AES", Generator::class.java.name)
                }
            }
        )
    }

    /** The phone was restored, or its keystore emptied: the files are there, the keys are not. */
    fun loseKeys() = keys.clear()

    /** Makes keys. */
    class Generator : KeyGeneratorSpi() {
        private var wanted: KeyGenParameterSpec? = null

        override fun engineInit(parameters: AlgorithmParameterSpec, random: SecureRandom?) {
            wanted = parameters as KeyGenParameterSpec
        }

        override fun engineInit(random: SecureRandom?) = Unit

        override fun engineInit(keysize: Int, random: SecureRandom?) = Unit

        override fun engineGenerateKey(): SecretKey {
            val spec = checkNotNull(wanted)
            val key = KeyGenerator.getInstance("AES", "SunJCE").apply { init(256) }.generateKey()
            keys[spec.keystoreAlias] = key
            asked[spec.keystoreAlias] = spec
            return key
        }
    }

    /** Keeps them. */
    class Store : KeyStoreSpi() {
        override fun engineGetKey(alias: String, password: CharArray?): Key? {
            if (isAway) throw ProviderException("the phone is locked")
            return keys[alias]
        }

        override fun engineContainsAlias(alias: String) = alias in keys

        override fun engineDeleteEntry(alias: String) {
            keys.remove(alias)
        }

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(keys.keys.toList())

        override fun engineSize() = keys.size

        override fun engineIsKeyEntry(alias: String) = alias in keys

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineGetCertificateAlias(certificate: Certificate?): String? = null

        override fun engineGetCreationDate(alias: String) = Date(0)

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<out Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<out Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetCertificateEntry(alias: String, certificate: Certificate) =
            throw UnsupportedOperationException()

        override fun engineStore(stream: OutputStream?, password: CharArray?) = Unit

        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit
    }
}
