package app.belay.ui.testkit

import java.io.BufferedReader
import java.io.File
import java.nio.file.Files
import kotlin.concurrent.thread

private val PORT = Regex("\"port\":\\s*\"?(\\d+)")

/** A relay as a process of its own, on a free port of the loopback, with a folder that goes with it. */
class RelayProcess : AutoCloseable {
    private val folder: File = Files.createTempDirectory("belay-relay").toFile()
    private val process: Process
    private val port: Int

    init {
        val program = File(checkNotNull(System.getenv("BELAY_LIBRARY_DIR")) { "set by Maven" }, "belay-relay")
        check(program.canExecute()) { "build it first: cargo build -p belay-relay" }
        process = ProcessBuilder(program.path, "--listen", "127.0.0.1:0", "--data", folder.path)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .apply { environment().remove("BELAY_RELAY_CONFIG") }
            .start()
        val log = process.errorStream.bufferedReader()
        port = portOf(log)
        // The pipe must not fill up.
        thread(isDaemon = true) { log.forEachLine { } }
    }

    /** Its address. */
    val origin: String get() = "http://127.0.0.1:$port"

    /** Ends it, as a power cut does. */
    fun stop() {
        process.destroyForcibly().waitFor()
    }

    override fun close() {
        stop()
        folder.deleteRecursively()
    }

    private fun portOf(log: BufferedReader): Int {
        while (true) {
            val line = checkNotNull(log.readLine()) { "the relay ended before it listened" }
            PORT.find(line)?.let { return it.groupValues[1].toInt() }
        }
    }
}
