package app.belay.desktop

import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class DesktopAttachingTest {
    @TempDir
    lateinit var folder: Path

    private var chosen: Path? = null
    private var made = 0
    private val attaching = DesktopAttaching({ folder.resolve("${made++}-$it").toString() }) { chosen }

    @Test
    fun `what is chosen is copied and the person's own stays`() = runBlocking {
        chosen = Files.writeString(folder.resolve("notes.txt"), "tea")
        val picked = checkNotNull(attaching.pickFile())
        assertEquals(listOf("notes.txt", 3L), listOf(picked.name, picked.bytes))
        Files.delete(Path.of(picked.path))
        assertEquals("tea", Files.readString(folder.resolve("notes.txt")))

        chosen = null
        assertNull(attaching.pickFile())
    }

    @Test
    fun `a small picture is drawn of a picture and of nothing else`() = runBlocking {
        val picture = folder.resolve("large.png")
        ImageIO.write(BufferedImage(1600, 800, BufferedImage.TYPE_INT_RGB), "png", picture.toFile())
        val small = ImageIO.read(Path.of(checkNotNull(attaching.shrink(picture.toString()))).toFile())
        assertEquals(768 to 384, small.width to small.height)
        assertNotNull(attaching.picture(picture.toString()))

        val words = Files.writeString(folder.resolve("words.txt"), "no picture").toString()
        assertNull(attaching.shrink(words))
        assertNull(attaching.picture(words))
    }
}
