package app.belay.ui.onboarding

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import app.belay.ui.kit.Page
import app.belay.ui.kit.TopBar
import app.belay.ui.kit.isTypeLarge
import app.belay.ui.theme.Space
import app.belay.words.Words

/** A page before a store is open: the way back, Help now, a text that scrolls, and what to do below it. */
@Composable
fun OpeningFrame(
    words: Words,
    onHelp: () -> Unit,
    title: String = "",
    onBack: (() -> Unit)? = null,
    foot: (@Composable ColumnScope.() -> Unit)? = null,
    sheet: (@Composable () -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit
) {
    // In large type what stays in reach would leave no room to read: it stands at the end then.
    val isLarge = isTypeLarge()
    Box(Modifier.fillMaxSize().safeDrawingPadding().imePadding()) {
        // Behind a sheet nothing is read out: it would be read as if it could be reached.
        val page = if (sheet == null) Modifier else Modifier.clearAndSetSemantics { }
        Column(Modifier.fillMaxSize().then(page)) {
            TopBar(words, title, onHelp, onBack)
            Column(Modifier.weight(1f).fillMaxWidth().verticalScroll(rememberScrollState())) {
                Page(content = content)
                if (foot != null && isLarge) Page(content = foot)
            }
            if (foot != null && !isLarge) Page(Modifier.padding(top = Space.s), content = foot)
        }
        if (sheet != null) sheet()
    }
}
