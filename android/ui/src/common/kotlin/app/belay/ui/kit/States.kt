package app.belay.ui.kit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.belay.design.Tokens
import app.belay.ui.Loadable
import app.belay.ui.Problem
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.words.Words
import kotlinx.coroutines.delay

private val SMALL_ICON = 18.dp

/** One of the three states of [state]; what is ready is drawn by [content]. */
@Composable
fun <T> Loaded(words: Words, state: Loadable<T>, onRetry: () -> Unit, content: @Composable (T) -> Unit) {
    when (state) {
        Loadable.Loading -> Loading(words)
        is Loadable.Failed -> ErrorState(words, state.problem, onRetry)
        is Loadable.Ready -> content(state.value)
    }
}

/** One quiet line, and only when it takes a moment. It does not move. */
@Composable
fun Loading(words: Words, modifier: Modifier = Modifier) {
    var shown by remember { mutableStateOf(false) }
    LaunchedEffect(Unit) {
        delay(Tokens.loadingAfterMs.toLong())
        shown = true
    }
    Box(modifier.fillMaxWidth().padding(Space.xl), contentAlignment = Alignment.Center) {
        if (shown) Quiet(words.commonLoading, Modifier.semantics { liveRegion = LiveRegionMode.Polite })
    }
}

/** Nothing here yet: one sentence, and one thing to do. */
@Composable
fun EmptyState(
    sentence: String,
    modifier: Modifier = Modifier,
    action: String? = null,
    onAction: () -> Unit = {},
    more: String? = null
) {
    Column(
        modifier.fillMaxWidth().padding(vertical = Space.xxl),
        verticalArrangement = Arrangement.spacedBy(Space.l)
    ) {
        Text(sentence, style = Belay.type.title, color = Belay.colors.ink)
        if (more != null) Body(more)
        if (action != null) PrimaryButton(action, onAction)
    }
}

/** What happened, what is safe, what to do. */
@Composable
fun ErrorState(words: Words, problem: Problem, onRetry: () -> Unit, modifier: Modifier = Modifier) {
    Card(modifier.semantics { liveRegion = LiveRegionMode.Polite }, tone = CardTone.WELL) {
        CardTitle(problem.title)
        Body(problem.advice)
        if (problem.canRetry) QuietButton(words.commonTryAgain, onRetry)
    }
}

/** The same, small, above what is kept on the screen. */
@Composable
fun ProblemNote(problem: Problem, modifier: Modifier = Modifier) {
    Card(modifier.semantics { liveRegion = LiveRegionMode.Polite }, tone = CardTone.STOP) {
        Text(problem.title, style = Belay.type.bodyStrong)
        Text(problem.advice, style = Belay.type.label)
    }
}

/** One line below a field; its sign says it beside the colour. */
@Composable
fun ProblemLine(text: String, modifier: Modifier = Modifier) {
    Row(
        modifier.semantics { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.spacedBy(Space.xs),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Icon(BelayIcons.info, contentDescription = null, Modifier.size(SMALL_ICON), tint = Belay.colors.clay)
        Text(text, style = Belay.type.label, color = Belay.colors.clay)
    }
}

/** How old it is, always said with what came from somebody else. */
@Composable
fun AsOf(text: String, modifier: Modifier = Modifier) = Caption(text, modifier)
