package app.belay.core

import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** One evening and its end, between two phones and a relay that is a process of its own. */
class TenStepsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `two people pair, share, answer, pause, leave and are forgotten`() = runBlocking {
        val data = Files.createDirectories(folder.resolve("relay"))
        val clock = MovedClock()
        val adasPhone = Phone(folder.resolve("ada"), clock)
        var relay = RelayProcess.start(data)
        try {
            val ada = adasPhone.beginSharing("Ada")
            val sam = Phone(folder.resolve("sam"), clock).beginSharing("Sam")
            val space = pair(ada, sam, relay)
            shareGoal(ada, space)
            relay.close()
            val checkIn = checkInOffline(ada, space, clock)
            relay = relay.again(data)
            val seen = meet(ada, sam, space, clock)
            assertEquals(checkIn.promised, seen.checkIn)
            answer(ada, sam, space, checkIn.name, seen.name)
            keepJournal(ada)
            pauseAndShareAgain(ada, sam, space, clock)
            leave(ada, sam, space, clock)
            forget(ada, adasPhone)
            sam.shutdown()
        } finally {
            relay.close()
        }
    }

    private suspend fun pair(ada: BelayCore, sam: BelayCore, relay: RelayProcess): SpaceId = runBlocking {
        ada.setRelay(relay.origin)
        val invitation = ada.invite()
        val waiting = async { ada.awaitPartner(invitation.id) }
        val byScan = sam.acceptInvitation(invitation.text).partner
        val byShowing = waiting.await().partner
        assertEquals(byShowing.comparisonWords, byScan.comparisonWords)
        assertEquals(byShowing.space, byScan.space)
        ada.markCompared(byShowing.space, true)
        assertEquals(ComparisonView.SAME, sam.markCompared(byScan.space, true).comparison)
        byShowing.space
    }

    private suspend fun shareGoal(ada: BelayCore, space: SpaceId) {
        val goal = NewGoal("Stretch", Schedule.Daily, audience = mapOf(space to GoalField.entries))
        assertTrue(ada.addGoal(goal).dueToday)
        assertEquals(listOf("Stretch"), ada.today().goals.map { it.goal.title })
    }

    private class Written(val name: DocName, val promised: SharedCheckIn?)

    private suspend fun checkInOffline(ada: BelayCore, space: SpaceId, clock: MovedClock): Written {
        val new =
            NewCheckIn(
                template = CheckInTemplate.EVENING,
                mood = 4u,
                emotions = listOf(Emotion.CALM, Emotion.PROUD),
                win = "Ein Brief ist fertig ✉️",
                struggle = "only for me",
                audience = mapOf(space to listOf(CheckInField.MOOD, CheckInField.EMOTIONS, CheckInField.WIN))
            )
        val preview = ada.previewCheckIn(new).single { it.space == space }
        assertEquals(null, preview.checkIn?.struggle)
        val written = ada.writeCheckIn(new)
        clock.letHoldsEnd()
        assertTrue(ada.sync().troubles.isNotEmpty())
        val delivery = ada.checkIn(written.name).sharedWith.single().delivery
        assertEquals(DeliveryView.Queued, delivery)
        return Written(written.name, preview.checkIn)
    }

    private suspend fun meet(ada: BelayCore, sam: BelayCore, space: SpaceId, clock: MovedClock): PartnerCheckInView {
        clock.letHoldsEnd()
        assertEquals(emptyList<SyncTroubleView>(), ada.sync().troubles)
        val steps = mutableListOf<SyncProgress>()
        val progress =
            object : ProgressObserver {
                override fun onProgress(progress: SyncProgress) {
                    synchronized(steps) { steps += progress }
                }
            }
        sam.sync(progress)
        assertTrue(steps.any { it is SyncProgress.Received })
        val page = sam.partner(space)
        assertEquals(listOf("Stretch"), page.goals.map { it.goal.title })
        return page.checkIns.single()
    }

    private suspend fun answer(ada: BelayCore, sam: BelayCore, space: SpaceId, own: DocName, shared: DocName) {
        val person = checkNotNull(sam.partner(space).partner.person)
        sam.editSettings(SettingsEdit(holdSeconds = 0u))
        sam.respond(NewResponse(space, person, shared, ResponseKind.I_HEAR_YOU))
        sam.sync()
        ada.sync()
        val response = ada.checkIn(own).responses.single()
        assertEquals(ResponseKind.I_HEAR_YOU, response.response.kind)
        assertEquals("Sam", response.from)
    }

    private suspend fun keepJournal(ada: BelayCore) {
        val entry = ada.writeEntry(NewEntry("A long walk.", title = "Sunday", tags = listOf("outside")))
        val edit = EntryEdit(text = TextChange("A long walk.", "A long walk, in the rain."), title = TitleChange.Clear)
        assertEquals(null, ada.editEntry(entry.name, edit).entry.title)
        val line = ada.entries(EntryQuery(limit = 5u)).entries.single()
        assertEquals("A long walk, in the rain.", line.excerpt)
    }

    private suspend fun pauseAndShareAgain(ada: BelayCore, sam: BelayCore, space: SpaceId, clock: MovedClock) {
        assertTrue(ada.pauseSharing(space).paused)
        ada.writeCheckIn(note("while paused", mapOf(space to listOf(CheckInField.NOTE))))
        clock.letHoldsEnd()
        ada.sync()
        sam.sync()
        assertEquals(1, sam.partner(space).checkIns.size)
        assertEquals(1uL, ada.waitingToBeShared(space))
        assertFalse(ada.resumeSharing(space, Waited.SHARE).paused)
        clock.letHoldsEnd()
        ada.sync()
        sam.sync()
        assertTrue(sam.partner(space).checkIns.any { it.checkIn.note == "while paused" })
    }

    private suspend fun leave(ada: BelayCore, sam: BelayCore, space: SpaceId, clock: MovedClock) {
        ada.leave(space)
        clock.letHoldsEnd()
        ada.sync()
        sam.sync()
        assertEquals(PartnershipStandingView.PARTNER_LEFT, sam.partner(space).partner.standing)
    }

    private suspend fun forget(ada: BelayCore, phone: Phone) {
        ada.deleteEverything()
        ada.shutdown()
        ada.close()
        assertTrue(sendFarewell(phone.config, phone.host).finished)
        assertFalse(storeExists(phone.config.dir))
    }
}
