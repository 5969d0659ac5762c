package app.belay.ui

import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val MAX_LINES = 400

/** Rules about the sources themselves. */
class SourcesTest {
    private val shared = File("src/common/kotlin").walk().filter { it.extension == "kt" }.toList()

    @Test
    fun `screens that both shells share know nothing of Android or the desktop`() {
        assertTrue(shared.size > 10) { "the shared sources were not found" }
        val foreign = Regex("""^import (android|java\.awt|javax\.swing|org\.jetbrains)\..*""")
        val found = shared.flatMap { file ->
            file.readLines().filter(foreign::matches).map { "${file.name}: $it" }
        }
        assertEquals(emptyList<String>(), found)
    }

    @Test
    fun `no file grows beyond what can be read at once`() {
        val long = File("src").walk().filter { it.extension == "kt" && it.readLines().size > MAX_LINES }
        assertEquals(emptyList<String>(), long.map(File::getName).toList())
    }
}
