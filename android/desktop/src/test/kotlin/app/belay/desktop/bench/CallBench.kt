package app.belay.desktop.bench

import app.belay.core.BelayCore
import app.belay.core.BelayCoreInterface
import app.belay.core.CoreConfig
import app.belay.core.CoreHost
import app.belay.core.EntryQuery
import app.belay.core.HostClock
import app.belay.core.SecretStore
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking

private const val GOAL_DAYS = 14L
private const val LANGUAGE = "en"
private const val COUNTRY = "DE"
private const val NANOS_IN_A_MICRO = 1_000.0

/** A JVM compiles what is called often: so long it is only called. */
private const val WARM_UP_NANOS = 1_500_000_000L

/**
 * What `cargo xtask bench calls` runs: every call that loads a screen, on the store of a folder, and for each a
 * line of its name and its median in microseconds. Takes the folder, the time that it is, the zone, how often.
 */
fun main(line: Array<String>) {
    val (folder, nowMs, zone, times) = line.toList().takeIf { it.size == 4 } ?: exitProcess(2)
    val host = CoreHost(StandingClock(nowMs.toLong(), ZoneId.of(zone)), KeptSecret(Path.of(folder)))
    runBlocking {
        val core = BelayCore.open(CoreConfig(Path.of(folder).resolve("store").toString()), host, null)
        for ((name, call) in calls(core)) println("$name ${medianMicros(times.toInt(), call)}")
        core.shutdown()
    }
    exitProcess(0)
}

private suspend fun calls(core: BelayCoreInterface): List<Pair<String, suspend () -> Unit>> {
    val today = core.todayOn()
    val since = LocalDate.parse(today).minusDays(GOAL_DAYS - 1).toString()
    val space = core.partners().first().space
    val goal = core.goals().first().name
    return listOf(
        "today" to { core.today() },
        "checkInForm" to { core.checkInForm(null, null, LANGUAGE) },
        "journalPage" to { core.journalPage(EntryQuery()) },
        "month" to { core.month(today) },
        "goalsPage" to { core.goalsPage() },
        "goalPage" to { core.goalPage(goal, since, today) },
        "people" to { core.people() },
        "partner" to { core.partner(space) },
        "theySee" to { core.theySee(space) },
        "status" to { core.status() },
        "helpNow" to { core.helpNow(COUNTRY, LANGUAGE) }
    )
}

private suspend fun medianMicros(times: Int, call: suspend () -> Unit): Double {
    val warm = System.nanoTime() + WARM_UP_NANOS
    do call() while (System.nanoTime() < warm)
    val took = List(times) {
        val started = System.nanoTime()
        call()
        (System.nanoTime() - started) / NANOS_IN_A_MICRO
    }.sorted()
    return (took[(times - 1) / 2] + took[times / 2]) / 2
}

/** The end of the ten years, for as long as it is measured. */
private class StandingClock(private val nowMs: Long, private val zone: ZoneId) : HostClock {
    override fun nowMs(): Long = nowMs

    override fun zoneName(): String = zone.id

    override fun offsetSeconds(atMs: Long): Int =
        zone.rules.getOffset(Instant.ofEpochMilli(atMs)).totalSeconds
}

/** The two files in which the measurement keeps the secret of its store and the count of openings. */
private class KeptSecret(folder: Path) : SecretStore {
    private val secret = folder.resolve("secret")
    private val opens = folder.resolve("opens")

    override fun load(): ByteArray? = if (Files.exists(secret)) secret.readBytes() else null

    override fun save(secret: ByteArray) {
        Files.write(this.secret, secret)
    }

    override fun delete() {
        Files.deleteIfExists(secret)
        Files.deleteIfExists(opens)
    }

    override fun opens(): ULong? = if (Files.exists(opens)) opens.readText().toULong() else 0uL

    override fun saveOpens(opens: ULong) = this.opens.writeText("$opens")
}
