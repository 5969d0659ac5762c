package app.belay.desktop

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class ArgumentsTest {
    @Test
    fun `a window needs its folder, and nothing else`() {
        assertEquals(Arguments(Path.of("/somewhere")), Arguments.of(listOf("--dir", "/somewhere")))
        assertNull(Arguments.of(emptyList()))
    }

    @Test
    fun `everything that can be said is read`() {
        val line = "--dir a --name Sam --relay http://127.0.0.1:1 --language de --dark --width 9 --height 8 --agreed"
        assertEquals(
            Arguments(Path.of("a"), "Sam", "http://127.0.0.1:1", "de", dark = true, 9, 8, agreed = true),
            Arguments.of(line.split(' '))
        )
    }

    @Test
    fun `what makes no sense is said, never guessed`() {
        assertNull(Arguments.of(listOf("--dir", "a", "--colour", "red")))
        assertNull(Arguments.of(listOf("--dir", "a", "--width", "wide")))
        assertNull(Arguments.of(listOf("--dir")))
    }
}
