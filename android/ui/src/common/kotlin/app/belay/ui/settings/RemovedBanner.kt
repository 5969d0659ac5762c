package app.belay.ui.settings

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.ChangeArea
import app.belay.core.DeviceStandingView
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.coloursOf
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** Above every page of a device that another one removed, but for the page that says what it means, and Help now. */
@Composable
fun RemovedBanner(services: Services) {
    val scope = rememberCoroutineScope()
    val standing = remember(services) {
        Loader(services, scope, setOf(ChangeArea.DEVICES)) { services.core.deviceStanding() }
    }
    val removed = standing.loaded as? DeviceStandingView.Removed ?: return
    if (services.navigator.current in setOf(Route.OwnDevices, Route.HelpNow, Route.DeleteEverything)) return
    val words = services.words
    val (ground, ink) = coloursOf(CardTone.STOP)
    Row(
        Modifier
            .fillMaxWidth()
            .background(ground)
            .clickable(role = Role.Button) { services.navigator.go(Route.OwnDevices) }
            .semantics { liveRegion = LiveRegionMode.Polite }
            .heightIn(min = Size.touch)
            .padding(horizontal = Space.l, vertical = Space.s),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Icon(BelayIcons.info, contentDescription = null, Modifier.padding(end = Space.m).size(Size.icon), tint = ink)
        Column(Modifier.weight(1f)) {
            Text(
                removed.by?.let(words::devicesGoneBy) ?: words.devicesGoneTitle,
                style = Belay.type.labelStrong,
                color = ink
            )
            Text(words.devicesGoneLook, style = Belay.type.label, color = ink)
        }
        Icon(BelayIcons.forward, contentDescription = null, Modifier.size(Size.icon), tint = ink)
    }
}
