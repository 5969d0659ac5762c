package app.belay.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.core.ArrivalView
import app.belay.core.DeviceStandingView
import app.belay.core.DevicesPageView
import app.belay.core.OwnDeviceRowView
import app.belay.core.OwnDeviceStateView
import app.belay.core.OwnDeviceView
import app.belay.core.RemovedDeviceView
import app.belay.core.TwiceAdviceView
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Heading
import app.belay.ui.kit.HowFar
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

/** What must be said of this device before anything else: removed, twice, not yet complete. */
@Composable
internal fun ThisDevice(services: Services, page: DevicesPageView) {
    val words = services.words
    val standing = page.standing
    if (standing is DeviceStandingView.Removed) Gone(services, standing)
    page.twice?.let { advice ->
        Card(tone = CardTone.STOP) {
            CardTitle(words.devicesTwiceTitle)
            Body(words.devicesTwiceBody)
            Body(words.advice(advice))
        }
    }
    page.arriving?.let { Arriving(services, it) }
}

@Composable
private fun Gone(services: Services, standing: DeviceStandingView.Removed) {
    val (words, formats) = services.words to services.formats
    Card(tone = CardTone.STOP) {
        CardTitle(standing.by?.let(words::devicesGoneBy) ?: words.devicesGoneTitle)
        standing.atMs?.let { Quiet(words.devicesRemovedOn(formats.shortDay(formats.dayOf(it)))) }
        Body(words.devicesGoneBody)
        CardActions {
            QuietButton(words.devicesGoneErase, { services.navigator.go(Route.DeleteEverything) }, stop = true)
        }
    }
}

@Composable
private fun Arriving(services: Services, arrival: ArrivalView) {
    val (words, formats) = services.words to services.formats
    val (here, all) = arrival.items.toLong() to arrival.ofItems.toLong()
    val said = words.devicesArriving(here = formats.number(here), all = formats.number(all))
    Card(tone = CardTone.SUPPORT) {
        CardTitle(words.devicesArrivingTitle)
        HowFar(here, all, said)
        Body(said)
        Quiet(words.devicesArrivingHelp)
    }
}

/** One device: what it is called, when it was last heard of, and what can be done about it. */
@Composable
internal fun DeviceCard(services: Services, row: OwnDeviceRowView, care: DeviceCare) {
    val (words, device) = services.words to row.device
    Card {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.m), verticalAlignment = Alignment.CenterVertically) {
            Icon(BelayIcons.device, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.ink2)
            CardTitle(words.nameOf(device), Modifier.weight(1f))
        }
        DeviceFacts(services, row)
        // Of this very device it stands at the top of the page.
        row.twice.takeUnless { device.thisDevice }?.let { advice ->
            StateLine(BelayIcons.info, words.devicesTwiceOther(words.nameOf(device)), color = Belay.colors.clay)
            Quiet(words.advice(advice))
        }
        if (row.mayRename || row.mayRemove) {
            CardActions {
                if (row.mayRename) QuietButton(words.devicesRename, { care.rename(device) }, icon = BelayIcons.edit)
                if (row.mayRemove) QuietButton(words.devicesRemove, { care.remove(device) }, stop = true)
            }
        }
    }
}

@Composable
private fun DeviceFacts(services: Services, row: OwnDeviceRowView) {
    val (words, formats) = services.words to services.formats
    val device = row.device
    val heard = device.asOfAtMs
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        when {
            device.thisDevice -> StateLine(BelayIcons.check, words.settingsDeviceThis)

            heard == null || row.state == OwnDeviceStateView.NotHeardOf -> StateLine(
                BelayIcons.clock,
                words.settingsDeviceNever
            )

            else -> StateLine(BelayIcons.clock, words.settingsDeviceAsOf(formats.ago(heard)))
        }
        device.addedAtMs?.let { Quiet(words.devicesAdded(formats.shortDay(formats.dayOf(it)))) }
    }
}

/** Devices that were removed, and what of theirs came too late. */
@Composable
internal fun RemovedDevices(services: Services, page: DevicesPageView, care: DeviceCare) {
    if (page.removed.isEmpty()) return
    val words = services.words
    Heading(words.devicesRemovedTitle)
    for (device in page.removed) RemovedDevice(services, device, page.mayTakeIn, care)
    care.tookIn?.let { StateLine(BelayIcons.check, words.devicesTakenIn(it)) }
}

@Composable
private fun RemovedDevice(services: Services, device: RemovedDeviceView, mayTakeIn: Boolean, care: DeviceCare) {
    val (words, formats) = services.words to services.formats
    Card(tone = CardTone.WELL) {
        CardTitle(device.name ?: words.settingsDeviceNameless)
        device.removedAtMs?.let { Quiet(words.devicesRemovedOn(formats.shortDay(formats.dayOf(it)))) }
        device.removedBy?.let { Quiet(words.devicesRemovedBy(it)) }
        if (device.waiting > 0uL) {
            StateLine(BelayIcons.clock, words.devicesWaiting(device.waiting.toInt()))
            if (mayTakeIn) {
                Quiet(words.devicesTakeInHelp)
                CardActions { QuietButton(words.devicesTakeIn, { care.takeIn(device) }, enabled = !care.act.busy) }
            }
        }
    }
}

/** What a device is called. */
internal fun Words.nameOf(device: OwnDeviceView): String =
    device.name ?: if (device.thisDevice) settingsDeviceThis else settingsDeviceNameless

private fun Words.advice(advice: TwiceAdviceView): String = when (advice) {
    TwiceAdviceView.REMOVE_AND_ADD_AGAIN -> devicesTwiceDoThere
    TwiceAdviceView.REMOVE_FROM_ANOTHER -> devicesTwiceDo
    TwiceAdviceView.KEEP_ONE -> devicesTwiceKeepOne
}
