package app.belay.android.keys

import android.security.keystore.KeyProperties
import app.belay.android.testkit.FakeKeystore
import app.belay.core.HostException
import java.io.File
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

@RunWith(RobolectricTestRunner::class)
class KeystoreSecretStoreTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val secret = ByteArray(32) { it.toByte() }
    private val file get() = File(folder.root, "secret")

    @Before
    fun setUp() = FakeKeystore.install()

    private fun store() = KeystoreSecretStore(folder.root)

    @Test
    fun `a secret is found again by the next process`() {
        store().save(secret)
        assertArrayEquals(secret, store().load())
    }

    @Test
    fun `nothing was kept yet`() {
        assertNull(store().load())
        assertNull(store().opens())
        assertTrue(store().apply { load() }.keyIsGone)
    }

    @Test
    fun `the file shows nothing of the secret, and is another each time`() {
        store().save(secret)
        val first = file.readBytes()
        store().save(secret)
        assertFalse(first.contentEquals(file.readBytes()))
        assertFalse(first.toList().windowed(4).any { it == secret.toList().subList(0, 4) })
    }

    @Test
    fun `the key is AES-GCM, outlives a new fingerprint, and wants an unlocked phone`() {
        store().save(secret)
        val spec = checkNotNull(FakeKeystore.asked["belay.store"])
        assertEquals(256, spec.keySize)
        assertEquals(listOf(KeyProperties.BLOCK_MODE_GCM), spec.blockModes.toList())
        assertTrue(spec.isRandomizedEncryptionRequired)
        assertFalse(spec.isUserAuthenticationRequired)
        assertTrue(spec.isUnlockedDeviceRequired)
    }

    @Test
    fun `a restored phone has the file and no key, and that is told apart from a phone that is locked`() {
        store().save(secret)
        FakeKeystore.loseKeys()
        val restored = store()
        assertNull(restored.load())
        assertTrue(restored.keyIsGone)
    }

    @Test
    fun `another key under the same name opens nothing`() {
        store().save(secret)
        FakeKeystore.loseKeys()
        KeystoreVault("belay.store").seal(byteArrayOf(1), "something else")
        val restored = store()
        assertNull(restored.load())
        assertTrue(restored.keyIsGone)
    }

    @Test
    fun `a keystore that does not answer is locked, not empty`() {
        store().save(secret)
        FakeKeystore.isAway = true
        val locked = store()
        assertThrows(HostException.Locked::class.java) { locked.load() }
        assertFalse(locked.keyIsGone)
        FakeKeystore.isAway = false
        assertArrayEquals(secret, locked.load())
    }

    @Test
    fun `a file cut short, changed or of another version opens nothing and stays as it is`() {
        store().save(secret)
        val whole = file.readBytes()
        val damaged = listOf(
            ByteArray(0),
            whole.copyOf(20),
            whole.copyOf().also { it[20] = (it[20] + 1).toByte() },
            whole.copyOf().also { it[0] = 9 }
        )
        for (bytes in damaged) {
            file.writeBytes(bytes)
            assertNull(store().load())
            assertArrayEquals(bytes, file.readBytes())
        }
    }

    @Test
    fun `a folder that cannot be written to is said, and the old secret stays`() {
        store().save(secret)
        val blocked = KeystoreSecretStore(file)
        assertThrows(HostException.Broken::class.java) { blocked.save(byteArrayOf(1)) }
        assertArrayEquals(secret, store().load())
    }

    @Test
    fun `the count of openings stands in the keystore, so copied files do not bring an old one back`() {
        val first = store()
        first.save(secret)
        first.saveOpens(1u)
        val copy = file.readBytes()
        first.saveOpens(41u)
        file.writeBytes(copy)
        assertEquals(41uL, store().opens())
        assertEquals(listOf("belay.opens.41", "belay.store"), FakeKeystore.keys.keys.toList())
    }

    @Test
    fun `after a crash between two counts the higher one stands`() {
        val counter = KeystoreCounter("belay.opens.")
        counter.set(7u)
        val seven = FakeKeystore.keys.getValue("belay.opens.7")
        counter.set(8u)
        FakeKeystore.keys["belay.opens.7"] = seven
        assertEquals(8uL, counter.get())
    }

    @Test
    fun `deleting leaves neither file nor key nor count, and deleting once more is fine`() {
        val store = store()
        store.save(secret)
        store.saveOpens(3u)
        store.delete()
        assertFalse(file.exists())
        assertTrue(FakeKeystore.keys.isEmpty())
        store.delete()
        assertNull(store().load())
    }

    @Test
    fun `what is sealed for one purpose does not open for another`() {
        val vault = KeystoreVault("belay.test")
        val sealed = vault.seal(secret, "one")
        assertArrayEquals(secret, vault.open(sealed, "one"))
        assertThrows(KeyGoneException::class.java) { vault.open(sealed, "another") }
    }
}
