package app.belay.ui.kit

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** A page whose content may be long: only what is seen is made. The margins are those of [Page]. */
@Composable
fun LazyPage(state: LazyListState, modifier: Modifier = Modifier, content: LazyListScope.() -> Unit) {
    LazyColumn(
        modifier.fillMaxWidth(),
        state = state,
        contentPadding = PaddingValues(bottom = Space.xl),
        horizontalAlignment = Alignment.CenterHorizontally,
        content = content
    )
}

/** One part of a [LazyPage]; what stands before a colon in [key] is its kind. */
fun LazyListScope.part(key: String, content: @Composable ColumnScope.() -> Unit) =
    item(key = key, contentType = key.substringBefore(':')) { Part(content) }

/** A part's width and margins. */
@Composable
fun Part(content: @Composable ColumnScope.() -> Unit) =
    Column(Modifier.widthIn(max = Size.measure).fillMaxWidth().padding(horizontal = Space.l), content = content)
