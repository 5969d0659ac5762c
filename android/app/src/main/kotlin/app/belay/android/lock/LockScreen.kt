package app.belay.android.lock

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.TopBar
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.words.Words

private val SIGN = 40.dp

/** In place of everything else while the app is locked. Nothing of the person's is on it, and Help now is. */
@Composable
fun LockScreen(words: Words, onUnlock: () -> Unit, onHelp: () -> Unit) {
    Column(Modifier.fillMaxSize()) {
        TopBar(words, title = "", onHelp = onHelp)
        Column(
            Modifier.weight(1f).verticalScroll(rememberScrollState()).padding(Space.l),
            verticalArrangement = Arrangement.spacedBy(Space.m, Alignment.CenterVertically)
        ) {
            Icon(BelayIcons.lock, contentDescription = null, Modifier.size(SIGN), tint = Belay.colors.ink2)
            Sentence(words.systemLockTitle)
            Body(words.systemLockAbout)
        }
        PrimaryButton(words.systemLockUnlock, onUnlock, Modifier.padding(Space.l))
    }
}
