package app.belay.ui.testkit

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsNodeInteractionsProvider
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import app.belay.ui.Shell
import app.belay.ui.theme.BelayTheme
import org.junit.jupiter.api.Assertions.assertEquals

private const val TOUCH_DP = 48f
private const val ROUNDING = 1f

/**
 * Draws a screen as it is, at 200 % type, so in German too, in words 40 % longer, and from right to left, and reads
 * each as a screen reader does: every control has a name, a role and room for a thumb; no text is cut off and no word
 * goes on in the next line; what is read next stands below or further along the line.
 */
@OptIn(ExperimentalTestApi::class)
fun assertAccessibleEverywhere(content: @Composable (Shell) -> Unit) {
    for (variant in listOf(Variant.LIGHT, Variant.LARGE, Variant.LARGE_DE, Variant.PSEUDO, Variant.RTL)) {
        runComposeUiTest {
            setContent {
                CompositionLocalProvider(
                    LocalDensity provides Density(1f, variant.fontScale),
                    LocalLayoutDirection provides variant.direction
                ) {
                    BelayTheme(dark = false) {
                        Box(Modifier.size(variant.widthDp.dp, variant.heightDp.dp)) {
                            content(testShell(variant.words, variant.locale))
                        }
                    }
                }
            }
            waitForIdle()
            assertAccessible(variant.name, variant.direction)
        }
    }
}

/** Reads what is shown now; [shownAs] names it in what is found. */
fun SemanticsNodeInteractionsProvider.assertAccessible(
    shownAs: String = "",
    direction: LayoutDirection = LayoutDirection.Ltr
) {
    val found = mutableListOf<String>()
    walk(onRoot().fetchSemanticsNode()) { node ->
        found += faultsOfControl(node)
        found += faultsOfOrder(node, direction)
    }
    walk(onRoot(useUnmergedTree = true).fetchSemanticsNode()) { node -> found += faultsOfText(node) }
    assertEquals(emptyList<String>(), found.distinct()) { "read as a screen reader does: $shownAs" }
}

private fun walk(node: SemanticsNode, look: (SemanticsNode) -> Unit) {
    look(node)
    for (child in node.children) walk(child, look)
}

private fun faultsOfControl(node: SemanticsNode): List<String> {
    // A text that is only read can still have words selected in it.
    val isField = SemanticsActions.SetText in node.config || SemanticsActions.SetSelection in node.config
    if (SemanticsActions.OnClick !in node.config && !isField) return emptyList()
    val name = nameOf(node)
    val density = node.layoutInfo.density.density
    // The size it has, not the touch that is widened into its neighbours.
    val width = node.size.width / density
    val height = node.size.height / density
    return buildList {
        if (name.isBlank()) add("a control at ${node.boundsInRoot} has no name")
        if (!isField && SemanticsProperties.Role !in node.config) add("\"$name\" has no role")
        if (width + ROUNDING < TOUCH_DP || height + ROUNDING < TOUCH_DP) {
            add("\"$name\" is ${width.toInt()} x ${height.toInt()} dp: too small for a thumb")
        }
    }
}

private fun faultsOfText(node: SemanticsNode): List<String> {
    val measure = node.config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action ?: return emptyList()
    val results = mutableListOf<TextLayoutResult>()
    measure(results)
    val text = nameOf(node)
    return buildList {
        if (results.any(::isCutOff)) add("\"$text\" is cut off")
        if (!isField(node)) for (word in results.flatMap(::brokenWords)) add("\"$word\" is broken inside the word")
        val seen = node.boundsInRoot
        val isThere = seen.height > 0 && seen.width > 0
        if (isThere && seen.width + ROUNDING < node.size.width) add("\"$text\" goes over the edge")
    }
}

private fun isField(node: SemanticsNode): Boolean =
    generateSequence(node) { it.parent }.any { SemanticsActions.SetText in it.config }

/** Words that go on in the next line without a hyphen; what is no word, as an address or a code, may. */
private fun brokenWords(text: TextLayoutResult): List<String> {
    val all = text.layoutInput.text.text
    return (0 until text.lineCount - 1).mapNotNull { line ->
        val at = text.getLineEnd(line)
        val from = all.lastIndexOf(' ', at - 1) + 1
        val to = all.indexOf(' ', at).let { if (it < 0) all.length else it }
        all.substring(from, maxOf(from, to)).takeIf { word ->
            from < at && at < to && word.all(Char::isLetter)
        }
    }
}

private fun isCutOff(text: TextLayoutResult): Boolean = (0 until text.lineCount).any { line ->
    text.isLineEllipsized(line) ||
        text.getLineRight(line) - text.getLineLeft(line) > text.size.width + ROUNDING ||
        text.getLineBottom(line) > text.size.height + ROUNDING
}

/** What is read next is below what was read, or further along the same line. */
private fun faultsOfOrder(node: SemanticsNode, direction: LayoutDirection): List<String> =
    node.children.filter { it.size.height > 0 }.zipWithNext().mapNotNull { (first, next) ->
        val before = placeOf(first)
        val after = placeOf(next)
        val below = after.top + ROUNDING >= before.bottom
        val along = if (direction == LayoutDirection.Ltr) after.left >= before.left else after.right <= before.right
        val sameLine = after.top < before.bottom && after.bottom > before.top
        if (below || (sameLine && along)) null else "\"${nameOf(next)}\" is read after \"${nameOf(first)}\""
    }

private fun placeOf(node: SemanticsNode): Rect {
    val place = node.positionInRoot
    return Rect(place.x, place.y, place.x + node.size.width, place.y + node.size.height)
}

private fun nameOf(node: SemanticsNode): String {
    val config = node.config
    val texts = config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
    return (config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() + texts).joinToString(" ")
}
