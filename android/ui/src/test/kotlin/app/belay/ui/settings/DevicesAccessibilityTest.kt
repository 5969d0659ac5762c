package app.belay.ui.settings

import app.belay.ui.testkit.assertAccessibleEverywhere
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

class DevicesAccessibilityTest {
    @TestFactory
    fun `every page of own devices can be read and used by everybody`(): List<DynamicTest> =
        settingsShots.filter { it.name.startsWith("settings-device") }
            .map { shot -> dynamicTest(shot.name) { assertAccessibleEverywhere(shot.content) } }
}
