package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import app.belay.ui.Problem
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.TopBar
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.ErrorState
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LazyPage
import app.belay.ui.kit.Loading
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.part
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space

/** What the core says of a question that cannot be meant. */
private const val NOT_MEANT = "invalid-input"

/** Finding entries again: a field, choices that narrow it down, and the places where the words stand. */
@Composable
fun SearchScreen(services: Services, model: SearchModel) {
    val shell = services.shell
    var choosing by rememberSaveable { mutableStateOf<DayEnd?>(null) }
    Box(Modifier.fillMaxSize()) {
        // Behind a sheet nothing is read out: it would be read as if it could be reached.
        val behind = if (choosing == null) Modifier else Modifier.clearAndSetSemantics { }
        Column(Modifier.fillMaxSize().then(behind)) {
            TopBar(services, shell.words.searchTitle)
            Found(shell, model) { choosing = it }
        }
        choosing?.let { SearchDaySheet(shell, model, it) { choosing = null } }
    }
}

@Composable
private fun Found(shell: Shell, model: SearchModel, onDay: (DayEnd) -> Unit) {
    val list = rememberLazyListState()
    val found = model.found
    Turning(list, found?.hasNewer == true, found?.hasOlder == true, model::newer, model::older)
    LazyPage(list) {
        part("field") { Asked(shell, model, onDay) }
        val trouble = model.problem?.takeIf { it.code != NOT_MEANT }
        when {
            trouble != null -> part("problem") { ErrorState(shell.words, trouble, model::retry) }
            found != null && !model.asked.isEmpty -> entries(shell, model, found)
            model.looking -> part("looking") { Loading(shell.words) }
            model.asked.isEmpty -> part("begin") { Begin(shell) }
        }
    }
}

@Composable
private fun Begin(shell: Shell) = EmptyState(shell.words.searchBeginTitle, more = shell.words.searchBeginBody)

@Composable
private fun Asked(shell: Shell, model: SearchModel, onDay: (DayEnd) -> Unit) {
    val words = shell.words
    Column(Modifier.padding(bottom = Space.s), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        FieldRow(
            words.searchField,
            model.asked.text,
            model::type,
            hint = words.searchFieldHint,
            problem = notMeant(model.problem),
            singleLine = true,
            keyboard = KeyboardOptions(imeAction = ImeAction.Search)
        )
        SearchNarrow(shell, model, onDay)
    }
}

private fun notMeant(problem: Problem?): String? = problem?.takeIf { it.code == NOT_MEANT }?.title

private fun LazyListScope.entries(shell: Shell, model: SearchModel, found: SearchFound) {
    if (found.entries.isEmpty()) {
        part("none") { None(shell, model) }
        return
    }
    part("count") {
        val count = found.entries.size
        val said = if (found.isAll) shell.words.searchFound(count) else shell.words.searchFoundNewest(count)
        if (!found.hasNewer) Quiet(said, Modifier.semantics { liveRegion = LiveRegionMode.Polite })
    }
    for ((month, ofMonth) in found.entries.groupBy { monthOf(it.entry.on) }) {
        part("heading:$month") {
            Heading(shell.formats.month(month), Modifier.padding(top = Space.l, bottom = Space.xs))
        }
        for (entry in ofMonth) {
            part("entry:${entry.entry.name}") {
                FoundRow(shell, entry, { model.open(entry) })
                HorizontalDivider(color = Belay.colors.hairline)
            }
        }
    }
}

@Composable
private fun None(shell: Shell, model: SearchModel) {
    val words = shell.words
    val isNarrow = model.asked.choices > 0 && model.asked.text.isNotBlank()
    EmptyState(
        words.searchNoneTitle,
        Modifier.semantics { liveRegion = LiveRegionMode.Polite },
        action = words.searchWiden.takeIf { isNarrow },
        onAction = model::widen,
        more = words.searchNoneBody
    )
}
