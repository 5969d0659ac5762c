package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.belay.ui.Tab
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

private val RAIL_WIDTH = 88.dp
private val PILL_WIDTH = 56.dp

/** The four places, below the page. */
@Composable
fun BottomBar(words: Words, shown: Tab, onShow: (Tab) -> Unit) {
    Column {
        HorizontalDivider(color = Belay.colors.hairline)
        BoxWithConstraints {
            val label = labelWithin(words, maxWidth / Tab.entries.size)
            Row(
                Modifier.fillMaxWidth().background(Belay.colors.bg).selectableGroup().padding(vertical = Space.xs),
                horizontalArrangement = Arrangement.SpaceAround
            ) {
                for (tab in Tab.entries) Place(words, tab, tab == shown, label, Modifier.weight(1f)) { onShow(tab) }
            }
        }
    }
}

/** The four places, beside the page. */
@Composable
fun Rail(words: Words, shown: Tab, onShow: (Tab) -> Unit) {
    val label = labelWithin(words, RAIL_WIDTH)
    Column(
        Modifier.fillMaxHeight().width(RAIL_WIDTH).selectableGroup().padding(vertical = Space.xl),
        verticalArrangement = Arrangement.spacedBy(Space.s)
    ) {
        for (tab in Tab.entries) Place(words, tab, tab == shown, label, Modifier.fillMaxWidth()) { onShow(tab) }
    }
}

/** The type of the places' names: as large as the person wants it, and no larger than the longest name fits whole. */
@Composable
private fun labelWithin(words: Words, room: Dp): TextStyle {
    val names = Tab.entries.map { nameOf(words, it) }
    val style = Belay.type.caption
    // The one that is shown is a little wider.
    val shown = wholeWords(names, style.copy(fontWeight = FontWeight.SemiBold), room - Space.xs)
    return style.copy(fontSize = shown.fontSize, lineHeight = shown.lineHeight)
}

@Composable
private fun Place(words: Words, tab: Tab, shown: Boolean, label: TextStyle, modifier: Modifier, onShow: () -> Unit) {
    val ink = if (shown) Belay.colors.onPrimarySoft else Belay.colors.ink2
    Column(
        modifier
            .selectable(shown, role = Role.Tab, onClick = onShow)
            .heightIn(min = Size.touch)
            .padding(vertical = Space.xs),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.spacedBy(2.dp)
    ) {
        val pill = Modifier.width(PILL_WIDTH).clip(CircleShape)
        Row(
            if (shown) pill.background(Belay.colors.primarySoft) else pill,
            horizontalArrangement = Arrangement.Center
        ) { Icon(iconOf(tab), contentDescription = null, Modifier.padding(Space.xs).size(Size.icon), tint = ink) }
        Text(
            nameOf(words, tab),
            style = label,
            fontWeight = if (shown) FontWeight.SemiBold else FontWeight.Normal,
            color = if (shown) Belay.colors.ink else Belay.colors.ink2,
            textAlign = TextAlign.Center
        )
    }
}

private fun iconOf(tab: Tab): ImageVector = when (tab) {
    Tab.TODAY -> BelayIcons.today
    Tab.JOURNAL -> BelayIcons.journal
    Tab.GOALS -> BelayIcons.goals
    Tab.PEOPLE -> BelayIcons.people
}

private fun nameOf(words: Words, tab: Tab): String = when (tab) {
    Tab.TODAY -> words.commonToday
    Tab.JOURNAL -> words.commonJournal
    Tab.GOALS -> words.commonGoals
    Tab.PEOPLE -> words.commonPeople
}

/** A page's content: no wider than can be read, with the page's margins. Put the scrolling around it. */
@Composable
fun Page(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) {
    Column(Modifier.fillMaxWidth(), horizontalAlignment = Alignment.CenterHorizontally) {
        Column(
            modifier
                .widthIn(max = Size.measure)
                .fillMaxWidth()
                .padding(start = Space.l, end = Space.l, bottom = Space.xl),
            verticalArrangement = Arrangement.spacedBy(Space.l),
            content = content
        )
    }
}
