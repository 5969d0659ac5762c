package app.belay.core

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

private const val DISK_BYTES = 6 * 1024 * 1024
private const val PAGE = 4096
private const val TRIES = 500

/** A file system with no room left, under the real library. */
class FullDiskTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a check-in that does not fit is refused whole, and is written once there is room`() = onSmallDisk { store ->
        val phone = Phone(store)
        val core = phone.begin("Mira")
        core.writeCheckIn(note("before"))
        val ballast = fill(store)
        val heavy = "the words of a heavy evening ".repeat(100)
        var written = 0
        // The log of the database may have a few pages to spare.
        val refused = (1..TRIES).any {
            try {
                core.writeCheckIn(note(heavy))
                written++
                false
            } catch (_: BelayException.StorageFull) {
                true
            }
        }
        assertTrue(refused, "a full disk took $TRIES check-ins")
        assertEquals(1 + written, core.checkIns(TRIES.toUInt()).size)
        Files.delete(ballast)
        core.writeCheckIn(note(heavy))
        assertEquals(2 + written, core.checkIns(TRIES.toUInt()).size)
        core.shutdown()
    }

    @Test
    fun `no store begins where there is no room, and one does as soon as there is`() = onSmallDisk { store ->
        val phone = Phone(store)
        val ballast = fill(store)
        assertThrows<BelayException.StorageFull> { runBlocking { phone.begin("Mira") } }
        Files.delete(ballast)
        phone.begin("Mira").shutdown()
    }

    private fun onSmallDisk(test: suspend (Path) -> Unit) {
        val store = Files.createDirectory(folder.resolve("store"))
        if (!run("mount", "-t", "tmpfs", "-o", "size=$DISK_BYTES,mode=700", "belay-test", "$store")) {
            if (System.getenv("CI") == "true") fail<Unit>("a small disk cannot be mounted here")
            return println("not run: a full disk from Kotlin (this account may not mount)")
        }
        try {
            runBlocking { test(store) }
        } finally {
            run("umount", "-l", "$store")
        }
    }

    private fun run(vararg command: String): Boolean = try {
        ProcessBuilder(*command).redirectErrorStream(true).start().apply { inputStream.readAllBytes() }.waitFor() == 0
    } catch (_: IOException) {
        false
    }

    /** Takes what room there is. */
    private fun fill(disk: Path): Path {
        val ballast = disk.resolve("ballast")
        val page = ByteArray(PAGE) { 1 }
        Files.newOutputStream(ballast, StandardOpenOption.CREATE_NEW).use { file ->
            try {
                while (true) file.write(page)
            } catch (_: IOException) {
                // It is full.
            }
        }
        return ballast
    }
}
