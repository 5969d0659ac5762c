package app.belay.desktop

import app.belay.core.HostException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

class FileSecretStoreTest {
    @TempDir
    lateinit var dir: Path

    private val file get() = dir.resolve("key").resolve("secret")
    private val store get() = FileSecretStore(file)

    @Test
    fun `the secret is there for the next opening, and for its owner alone`() {
        assertNull(store.load())
        store.save(byteArrayOf(1, 2, 3))
        assertArrayEquals(byteArrayOf(1, 2, 3), store.load())
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
    }

    @Test
    fun `it can be replaced and forgotten, and forgetting twice is fine`() {
        store.save(byteArrayOf(1))
        store.save(byteArrayOf(2))
        assertArrayEquals(byteArrayOf(2), store.load())
        assertEquals(1L, Files.list(file.parent).use { it.count() })
        repeat(2) { store.delete() }
        assertNull(store.load())
    }

    @Test
    fun `a place that cannot be written is told as such`() {
        Files.createFile(dir.resolve("key"))
        assertThrows<HostException.Broken> { store.save(byteArrayOf(1)) }
    }

    @Test
    fun `there is no count, since a copy of the folder would carry it along`() = assertNull(store.opens())
}
