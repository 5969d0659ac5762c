package app.belay.ui.bench

import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.unit.Density
import app.belay.core.BelayCoreInterface
import app.belay.core.TodayView
import app.belay.ui.BelayApp
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.testShell
import app.belay.ui.theme.BelayTheme
import java.util.concurrent.LinkedBlockingQueue
import javax.swing.SwingUtilities
import kotlin.coroutines.CoroutineContext
import kotlin.system.exitProcess
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking

private const val WARM_UP = 30
private const val SAMPLES = 40
private const val NS_PER_US = 1_000
private const val FRAME_NS = 16_666_667L
private const val PIXELS = 2f
private const val WIDTH = 412
private const val HEIGHT = 915

/** The window's thread: what is handed to it waits until a frame has been drawn. */
private class FrameThread : CoroutineDispatcher() {
    private val waiting = LinkedBlockingQueue<Runnable>()

    override fun dispatch(context: CoroutineContext, block: Runnable) = waiting.put(block)

    /** Does what waits; [forOne] waits for something first. */
    fun work(forOne: Boolean) {
        if (forOne) waiting.take().run()
        while (true) (waiting.poll() ?: return).run()
    }
}

/**
 * From nothing to the first picture of Today that shows the day: with the store that the command line names, and
 * with the same view ready made. Prints `{"frame":"today","core_us":41000,"ready_us":36000,"ratio":1.14}`.
 */
object FrameBench {
    /** FOLDER NOW_MS. */
    @JvmStatic
    fun main(line: Array<String>) {
        // Compose hands some of its work to the window system's thread: on another one both would draw at once.
        SwingUtilities.invokeAndWait { measure(line) }
        exitProcess(0)
    }

    private fun measure(line: Array<String>) = runBlocking {
        val store = BenchStore.of(line)
        val core = store.open()
        val view = core.today()
        val ready = object : FakeCore() {
            override suspend fun today(): TodayView = view
        }
        repeat(WARM_UP) {
            firstFrame(core, store)
            firstFrame(ready, store)
        }
        // By turns, so that whatever else the machine does falls on both.
        val took = List(SAMPLES) { firstFrame(core, store) to firstFrame(ready, store) }
        val withCore = took.map { it.first }.sorted()[SAMPLES / 2]
        val withReady = took.map { it.second }.sorted()[SAMPLES / 2]
        val ratio = "%.2f".format(java.util.Locale.ROOT, withCore.toDouble() / withReady)
        println("""{"frame":"today","core_us":$withCore,"ready_us":$withReady,"ratio":$ratio}""")
        core.shutdown()
    }

    private fun firstFrame(core: BelayCoreInterface, store: BenchStore): Long {
        val thread = FrameThread()
        val scope = CoroutineScope(thread + Job())
        val shell = testShell(clock = store.clock, scope = scope)
        val from = System.nanoTime()
        val took = draw(core, shell, thread, from)
        scope.cancel()
        thread.work(forOne = false)
        return took / NS_PER_US
    }

    private fun draw(core: BelayCoreInterface, shell: Shell, thread: FrameThread, from: Long): Long {
        var loads = 0
        val counted = object : BelayCoreInterface by core {
            override suspend fun today(): TodayView = core.today().also { loads++ }
        }
        val services = Services(counted, shell)
        val scene = ImageComposeScene((WIDTH * PIXELS).toInt(), (HEIGHT * PIXELS).toInt(), Density(PIXELS)) {
            BelayTheme(dark = false) { BelayApp(services) }
        }
        try {
            var at = 0L
            scene.render(at)
            while (loads == 0) thread.work(forOne = true)
            thread.work(forOne = false)
            at += FRAME_NS
            scene.render(at)
            return System.nanoTime() - from
        } finally {
            scene.close()
            services.close()
        }
    }
}
