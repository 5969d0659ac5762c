package app.belay.ui.attachments

import app.belay.ui.testkit.assertAccessibleEverywhere
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

class AttachmentsAccessibilityTest {
    @TestFactory
    fun `every page with attachments can be read and used by everybody`(): List<DynamicTest> =
        attachmentShots.map { shot -> dynamicTest(shot.name) { assertAccessibleEverywhere(shot.content) } }
}
