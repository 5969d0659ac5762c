package app.belay.ui.recovery

import app.belay.core.BelayException
import app.belay.core.KeptShareView
import app.belay.core.KeyringCopyView
import app.belay.core.MadeSharesView
import app.belay.core.NewShares
import app.belay.core.PartnerView
import app.belay.core.RecoveryGapView
import app.belay.core.RecoveryView
import app.belay.core.ShareHolderView
import app.belay.core.SpaceId
import app.belay.ui.onboarding.recoveryWords
import app.belay.ui.people.FakePeople
import app.belay.ui.people.HOUR_MS
import app.belay.ui.people.SAM
import app.belay.ui.testkit.EVENING_MS

private const val DAY_MS = 24 * HOUR_MS

/** Everything is kept well: a copy on a relay, a tablet, pieces with two people. */
val wellKept = RecoveryView(
    wordsHere = false,
    copy = KeyringCopyView("relay.example", EVENING_MS - 3 * DAY_MS, EVENING_MS - 2 * HOUR_MS),
    otherDevices = 1u,
    holders = listOf(
        ShareHolderView(SAM, "Sam", "6b656c70", 1u, 2u),
        ShareHolderView("jonas", "Jonas", "6b656c70", 2u, 2u)
    ),
    gaps = emptyList(),
    wouldComeBack = true,
    lastDrillAtMs = EVENING_MS - 40 * DAY_MS,
    drillEveryDays = 182u,
    drillDueAtMs = EVENING_MS + 142 * DAY_MS,
    drillDue = false
)

/** Nothing is kept anywhere yet. */
val notKept = RecoveryView(
    wordsHere = true,
    copy = null,
    otherDevices = 0u,
    holders = emptyList(),
    gaps = RecoveryGapView.entries.filter { it != RecoveryGapView.COPY_NOT_SEEN },
    wouldComeBack = false,
    lastDrillAtMs = null,
    drillEveryDays = 182u,
    drillDueAtMs = EVENING_MS - DAY_MS,
    drillDue = true
)

/** A core that knows its words. */
class FakeRecovery(private var view: RecoveryView = wellKept, private val kept: List<KeptShareView> = emptyList()) :
    FakePeople() {
    override suspend fun recovery(): RecoveryView = refuses?.let { throw it } ?: view

    override suspend fun keptShares(): List<KeptShareView> = kept

    override suspend fun keptShare(space: SpaceId): String = PIECE

    override suspend fun partners(): List<PartnerView> = people.partners

    override suspend fun drill(typed: String): RecoveryView {
        if (typed != recoveryWords.joinToString(" ")) {
            throw BelayException.InvalidInput("recovery_words", "not_the_same")
        }
        view = view.copy(lastDrillAtMs = EVENING_MS, drillDue = false)
        return view
    }

    override suspend fun setDrillReminder(everyDays: UInt?): RecoveryView {
        view = view.copy(drillEveryDays = everyDays)
        return view
    }

    override suspend fun makeShares(new: NewShares): MadeSharesView {
        refuses?.let { throw it }
        asked += "pieces ${new.threshold} of ${new.partners.size} and ${new.onPaper}, typed ${new.words != null}"
        val count = new.partners.size + new.onPaper.toInt()
        return MadeSharesView(
            "6b656c70",
            new.threshold,
            count.toUByte(),
            List(new.onPaper.toInt()) {
                PIECE.dropLast(1) +
                    "QRSTU"[it]
            }
        )
    }

    override suspend fun takeSharesBack() {
        asked += "back"
    }

    override suspend fun drawNewWords(): List<String> = recoveryWords.reversed()

    override suspend fun confirmNewWords(words: String, passphrase: String?) {
        refuses?.let { throw it }
        if (words != recoveryWords.reversed().joinToString(" ")) {
            throw BelayException.InvalidInput("recovery_words", "not_the_same")
        }
        asked += "new words"
    }

    companion object {
        /** A piece as it looks; made up. */
        const val PIECE = "BELAY-SHARE:1/NNSW-Y4AC-AKQX-GZLB-MJUW-O3TF-OJZX-I2DF-EBZG-64DF-EB2G-QYLU-EBUG-63DE-" +
            "OMQG-C3TE-EBXG-K5TF-OIQG-WZLQ-MVQ"
    }
}

/** What Mira keeps for Sam. */
val keptForSam = listOf(KeptShareView(SAM, "Sam", "72656566", 3u, 2u, EVENING_MS - 9 * DAY_MS))
