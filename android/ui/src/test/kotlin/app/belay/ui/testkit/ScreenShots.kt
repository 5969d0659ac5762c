package app.belay.ui.testkit

import app.belay.ui.attachments.attachmentShots
import app.belay.ui.bundle.bundleShots
import app.belay.ui.checkin.checkInShots
import app.belay.ui.goals.goalLifeShots
import app.belay.ui.goals.goalSheetShots
import app.belay.ui.goals.goalShots
import app.belay.ui.help.helpShots
import app.belay.ui.journal.historyShots
import app.belay.ui.journal.journalSheetShots
import app.belay.ui.journal.journalShots
import app.belay.ui.journal.offersShots
import app.belay.ui.journal.searchShots
import app.belay.ui.near.nearbyShots
import app.belay.ui.onboarding.onboardingShots
import app.belay.ui.pairing.pairingShots
import app.belay.ui.people.peopleShots
import app.belay.ui.reach.reachShots
import app.belay.ui.readers.readersShots
import app.belay.ui.recovery.recoveryShots
import app.belay.ui.settings.settingsShots
import app.belay.ui.today.todayShots

/** The pictures of every part. One line a part; the list itself stands beside the tests of the part. */
val screenShots: List<List<Shot>> = listOf(
    kitShots,
    todayShots,
    checkInShots,
    journalShots,
    journalSheetShots,
    goalShots,
    peopleShots,
    pairingShots,
    settingsShots,
    onboardingShots,
    goalSheetShots,
    helpShots,
    recoveryShots,
    readersShots,
    nearbyShots,
    bundleShots,
    attachmentShots,
    searchShots,
    historyShots,
    offersShots,
    goalLifeShots,
    reachShots
)
