package app.belay.ui.journal

import app.belay.ui.testkit.FakeCore
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class DraftKeeperTest {
    @Test
    fun `while one text is on its way only the latest of those that follow is written`() = runBlocking {
        val disk = CompletableDeferred<Unit>()
        val core = SlowDisk(disk)
        val keeper = DraftKeeper(core, about = null)
        val typing = listOf("a", "ab", "abc", "abcd").map { launch(Dispatchers.Unconfined) { keeper.keep(it) } }
        disk.complete(Unit)
        typing.forEach { it.join() }
        assertEquals(listOf("keep a", "keep abcd", "drop 1"), core.calls)
    }

    @Test
    fun `a draft that was taken up goes when it was used as it is`() = runBlocking {
        val core = SlowDisk(CompletableDeferred(Unit))
        DraftKeeper(core, about = null, kept = 7).keep(null)
        assertEquals(listOf("drop 7"), core.calls)
    }

    @Test
    fun `the new text is on the disk before the old one goes`() = runBlocking {
        val core = SlowDisk(CompletableDeferred(Unit))
        val keeper = DraftKeeper(core, about = null)
        keeper.keep("a")
        keeper.keep("ab")
        keeper.keep(null)
        assertEquals(listOf("keep a", "keep ab", "drop 1", "drop 2"), core.calls)
    }
}

private class SlowDisk(private val ready: CompletableDeferred<Unit>) : FakeCore() {
    val calls = mutableListOf<String>()
    private var last = 0L

    override suspend fun keepDraft(about: String?, text: String): Long {
        calls += "keep $text"
        ready.await()
        return ++last
    }

    override suspend fun dropDraft(id: Long) {
        calls += "drop $id"
    }
}
