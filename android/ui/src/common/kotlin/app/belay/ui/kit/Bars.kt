package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
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
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.belay.ui.Tab
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

private val BAR_HEIGHT = 64.dp
private val RAIL_WIDTH = 88.dp
private val PILL_WIDTH = 56.dp

/** The day (or what the screen is about), the way back, and the lifebuoy that is Help now. */
@Composable
fun TopBar(words: Words, title: String, onHelp: (() -> Unit)?, onBack: (() -> Unit)? = null) {
    Row(
        Modifier.fillMaxWidth().heightIn(min = BAR_HEIGHT).padding(horizontal = Space.xs, vertical = Space.s),
        verticalAlignment = Alignment.CenterVertically
    ) {
        if (onBack != null) IconAction(BelayIcons.back, words.commonBack, onBack) else Spacer(Modifier.width(Space.m))
        Text(
            title,
            Modifier.weight(1f).padding(horizontal = Space.xs).semantics { heading() },
            style = Belay.type.labelStrong,
            color = Belay.colors.ink2
        )
        if (onHelp !=
            null
        ) {
            QuietButton(words.commonHelpNow, onHelp, icon = BelayIcons.lifebuoy, color = Belay.colors.sky)
        }
    }
}

/** The four places, below the page. */
@Composable
fun BottomBar(words: Words, shown: Tab, onShow: (Tab) -> Unit) {
    Column {
        HorizontalDivider(color = Belay.colors.hairline)
        Row(
            Modifier.fillMaxWidth().background(Belay.colors.bg).selectableGroup().padding(vertical = Space.xs),
            horizontalArrangement = Arrangement.SpaceAround
        ) {
            for (tab in Tab.entries) Place(words, tab, tab == shown, Modifier.weight(1f)) { onShow(tab) }
        }
    }
}

/** The four places, beside the page. */
@Composable
fun Rail(words: Words, shown: Tab, onShow: (Tab) -> Unit) {
    Column(
        Modifier.fillMaxHeight().width(RAIL_WIDTH).selectableGroup().padding(vertical = Space.xl),
        verticalArrangement = Arrangement.spacedBy(Space.s)
    ) {
        for (tab in Tab.entries) Place(words, tab, tab == shown, Modifier.fillMaxWidth()) { onShow(tab) }
    }
}

@Composable
private fun Place(words: Words, tab: Tab, shown: Boolean, modifier: Modifier, onShow: () -> Unit) {
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
            style = Belay.type.caption,
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
