package app.belay.ui.testkit

/** The pictures of every part. One line a part; the list itself stands beside the tests of the part. */
val screenShots: List<List<Shot>> = listOf(
    kitShots
)
