package app.belay.ui.recovery

import app.belay.core.BelayException
import app.belay.core.DeviceId
import app.belay.core.DevicesPageView
import app.belay.core.MistypedWordView
import app.belay.core.ProgressObserver
import app.belay.core.RemovedDeviceView
import app.belay.core.SyncReport
import app.belay.core.TypedWordsVerdict
import app.belay.core.TypedWordsView
import app.belay.ui.onboarding.recoveryWords
import app.belay.ui.settings.FakeSettings
import app.belay.ui.testkit.EVENING_MS

private val RIGHT = recoveryWords.joinToString(" ")

/** Looks at typed words as the core does, over the twenty-four of the tests. */
fun looksLike(text: String): TypedWordsView {
    val typed = text.trim().split(Regex("\\s+"))
    val known = recoveryWords.toSet()
    val slips = typed.mapIndexedNotNull { at, word ->
        MistypedWordView((at + 1).toULong(), "orbit").takeIf { word !in known }
    }
    val verdict = when {
        typed.size > recoveryWords.size -> TypedWordsVerdict.TOO_MANY
        slips.isNotEmpty() -> TypedWordsVerdict.MISTYPED
        typed.size < recoveryWords.size -> TypedWordsVerdict.GO_ON
        text.trim() == RIGHT -> TypedWordsVerdict.WHOLE
        else -> TypedWordsVerdict.WRONG_TOGETHER
    }
    return TypedWordsView(typed.size.toULong(), recoveryWords.size.toULong(), slips, verdict)
}

/** A core that just came back, with two devices that were left behind. Nobody can be reached. */
class FakeLost : FakeSettings() {
    override suspend fun devicesPage(): DevicesPageView = super.devicesPage().let { page ->
        page.copy(devices = page.devices.map { it.copy(device = it.device.copy(thisDevice = false)) })
    }

    override suspend fun sync(observer: ProgressObserver?): SyncReport = throw BelayException.Offline()

    override suspend fun revokeWithWords(devices: List<DeviceId>, words: String): DevicesPageView {
        refuses?.let { throw it }
        if (words != RIGHT) throw BelayException.InvalidInput("recovery_words", "not_the_same")
        asked += "lost ${devices.joinToString()}"
        this.devices = this.devices.filterNot { it.device in devices }
        removed = devices.map { RemovedDeviceView(it, null, EVENING_MS, 0u) }
        return devicesPage()
    }
}
