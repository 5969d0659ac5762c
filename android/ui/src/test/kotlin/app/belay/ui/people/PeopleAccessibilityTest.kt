package app.belay.ui.people

import app.belay.ui.bundle.bundleShots
import app.belay.ui.near.nearbyShots
import app.belay.ui.onboarding.onboardingShots
import app.belay.ui.pairing.pairingShots
import app.belay.ui.readers.readersShots
import app.belay.ui.recovery.recoveryShots
import app.belay.ui.settings.settingsShots
import app.belay.ui.testkit.assertAccessibleEverywhere
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

class PeopleAccessibilityTest {
    @TestFactory
    fun `a screen reader large type and a thumb get along with every page`(): List<DynamicTest> =
        pages.flatten().map { shot ->
            dynamicTest(shot.name) { assertAccessibleEverywhere(shot.content) }
        }

    private val pages = listOf(
        peopleShots,
        pairingShots,
        settingsShots,
        onboardingShots,
        recoveryShots,
        readersShots,
        nearbyShots,
        bundleShots
    )
}
