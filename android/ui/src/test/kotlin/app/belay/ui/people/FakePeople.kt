package app.belay.ui.people

import app.belay.core.AgreementView
import app.belay.core.BelayException
import app.belay.core.CheckInField
import app.belay.core.ComparisonView
import app.belay.core.GoalView
import app.belay.core.NearbyView
import app.belay.core.NewResponse
import app.belay.core.OpenInvitationView
import app.belay.core.PartnerPageView
import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView
import app.belay.core.PeopleView
import app.belay.core.ResponseView
import app.belay.core.SeenGoalView
import app.belay.core.SettingsEdit
import app.belay.core.SettingsPageView
import app.belay.core.SettingsView
import app.belay.core.SharedFieldsView
import app.belay.core.SpaceId
import app.belay.core.StatusView
import app.belay.core.TheySeeView
import app.belay.core.Waited
import app.belay.ui.testkit.FakeCore

/** A core that knows Sam, and remembers what it was asked to do. */
open class FakePeople(
    var people: PeopleView = miraAndHers,
    var page: PartnerPageView = samsPage(),
    var refuses: BelayException? = null
) : FakeCore() {
    /** What was asked, in order. */
    val asked = mutableListOf<String>()
    var waiting = 0
    var goals: List<GoalView> = emptyList()
    var status: StatusView = ordinaryStatus
    var settings: SettingsView = mirasSettings

    private inline fun <T> answer(question: String, value: () -> T): T {
        refuses?.let { throw it }
        asked += question
        return value()
    }

    private fun changedTo(partner: PartnerView): PartnerView {
        page = page.copy(partner = partner)
        return partner
    }

    override suspend fun people(): PeopleView = refuses?.let { throw it } ?: people

    override suspend fun partner(space: SpaceId): PartnerPageView = refuses?.let { throw it } ?: page

    override suspend fun goals(): List<GoalView> = goals

    override suspend fun theySee(space: SpaceId): TheySeeView {
        val partner = partner(space).partner
        val seen = goals.map { SeenGoalView(it.name, it.goal.title, it.fieldsFor(space)) }
        return TheySeeView(partner, partner.usualFields, seen, page.checkIns.size.toULong(), emptyList())
    }

    private fun GoalView.fieldsFor(space: SpaceId) =
        (sharedWith.firstOrNull { it.space == space }?.fields as? SharedFieldsView.Goal)?.fields.orEmpty()

    override suspend fun status(): StatusView = refuses?.let { throw it } ?: status

    override suspend fun settings(): SettingsView = refuses?.let { throw it } ?: settings

    override suspend fun settingsPage(): SettingsPageView =
        SettingsPageView(settings(), relayPage(), NearbyView(false, emptyList()), false)

    override suspend fun openInvitations(): List<OpenInvitationView> = people.invitations

    override suspend fun relay(): String? = people.relay

    override suspend fun selfCopy(): String? = null

    override suspend fun pauseSharing(space: SpaceId): PartnerView =
        answer("pause") { changedTo(page.partner.copy(paused = true)) }

    override suspend fun waitingToBeShared(space: SpaceId): ULong = waiting.toULong()

    override suspend fun resumeSharing(space: SpaceId, waited: Waited): PartnerView =
        answer("resume $waited") { changedTo(page.partner.copy(paused = false)) }

    override suspend fun setPartnerNearby(space: SpaceId, on: Boolean): PartnerView =
        answer("nearby $on") { changedTo(page.partner.copy(meetsNearby = on)) }

    override suspend fun leave(space: SpaceId) = answer("leave") {
        changedTo(page.partner.copy(standing = PartnershipStandingView.LEFT))
        Unit
    }

    override suspend fun block(space: SpaceId) = answer("block") {
        changedTo(page.partner.copy(standing = PartnershipStandingView.BLOCKED))
        Unit
    }

    override suspend fun removeWhatTheyShared(space: SpaceId): ULong = answer("remove") {
        page = page.copy(checkIns = emptyList(), goals = emptyList(), passages = emptyList())
        3uL
    }

    override suspend fun setUsualFields(space: SpaceId, fields: List<CheckInField>): PartnerView =
        answer("fields ${fields.joinToString()}") { changedTo(page.partner.copy(usualFields = fields)) }

    override suspend fun markCompared(space: SpaceId, same: Boolean): PartnerView = answer("compared $same") {
        changedTo(
            page.partner.copy(comparison = if (same) ComparisonView.SAME else ComparisonView.DIFFERENT)
        )
    }

    override suspend fun respond(new: NewResponse): ResponseView = answer("respond ${new.kind} ${new.text}") {
        page.checkIns.first().responses.first()
    }

    override suspend fun setRelay(origin: String?, allowPlainHttp: Boolean) = answer("relay $origin $allowPlainHttp") {
        people = people.copy(relay = origin)
    }

    override suspend fun editSettings(edit: SettingsEdit): SettingsView = answer("settings ${edit.displayName}") {
        people = people.copy(displayName = edit.displayName)
        settings
    }

    override suspend fun agreeToShare(termsVersion: UInt): AgreementView = answer("agree $termsVersion") {
        people = people.copy(agreement = people.agreement.copy(agreedVersion = termsVersion, needed = false))
        people.agreement
    }
}
