package app.belay.ui.testkit

import app.belay.ui.checkin.checkInShots
import app.belay.ui.goals.goalShots
import app.belay.ui.journal.journalShots
import app.belay.ui.today.todayShots

/** The pictures of every part. One line a part; the list itself stands beside the tests of the part. */
val screenShots: List<List<Shot>> = listOf(
    kitShots,
    todayShots,
    checkInShots,
    journalShots,
    goalShots
)
