package app.belay.ui

import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.Variant
import java.io.File
import javax.imageio.ImageIO
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

private const val COLOURS_OF_TEXT = 40
private const val DARK_GREY = 0x40

/** Draws every screen in every variant. `-Dshots=today,goal` draws only those whose names begin so. */
class ShotTest {
    @TestFactory
    fun `every screen can be drawn in every variant`(): List<DynamicTest> {
        val wanted = System.getProperty("shots").orEmpty().split(',')
        return Shots.all.filter { shot -> wanted.any(shot.name::startsWith) }.flatMap { shot ->
            Variant.entries.map { variant ->
                dynamicTest("${shot.name} ${variant.name.lowercase()}") { looksDrawn(shot, variant) }
            }
        }
    }

    private fun looksDrawn(shot: Shot, variant: Variant) {
        val seen = colours(Shots.draw(shot, variant))
        assertTrue(seen.size > COLOURS_OF_TEXT) { "only ${seen.size} colours: text was not drawn" }
        val ground = seen.maxBy { it.value }.key and 0xff
        assertTrue(variant.dark == ground < DARK_GREY) { "the ground is ${ground.toString(16)}" }
    }

    private fun colours(file: File): Map<Int, Int> {
        val image = ImageIO.read(file)
        val seen = HashMap<Int, Int>()
        for (y in 0 until image.height) {
            for (x in 0 until image.width) seen.merge(image.getRGB(x, y), 1, Int::plus)
        }
        return seen
    }
}
