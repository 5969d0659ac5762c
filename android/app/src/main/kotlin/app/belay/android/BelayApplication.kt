package app.belay.android

import android.app.Application
import android.content.Context
import android.os.SystemClock
import app.belay.android.files.HandedFiles
import app.belay.android.keys.KeystoreSecretStore
import app.belay.android.lock.AppLock
import app.belay.android.lock.hasScreenLock
import app.belay.android.near.KeepNear
import app.belay.android.near.NsdDiscovery
import app.belay.android.near.localNetworks
import app.belay.android.notice.Notices
import app.belay.android.sync.Foreground
import app.belay.android.sync.SyncJobs
import app.belay.android.sync.connections
import app.belay.core.CoreConfig
import app.belay.core.CoreHost
import app.belay.ui.onboarding.Beginning
import app.belay.ui.onboarding.CoreStoreDoor
import app.belay.words.Words
import java.io.File

/** What this process has one of. Nothing is opened or asked of the system before it is needed. */
class BelayApplication : Application() {
    val preferences: DevicePreferences by lazy { DevicePreferences(this) }
    val secrets: KeystoreSecretStore by lazy { KeystoreSecretStore(this) }

    /** Where the store lies: in the app's own folder, in the part that no backup takes. */
    val storeFolder: File by lazy { File(noBackupFilesDir, "store") }
    val cores: CoreHolder by lazy {
        val host = CoreHost(AndroidClock, secrets, AndroidLog)
        CoreHolder(CoreStoreDoor(CoreConfig(storeFolder.path), host, secrets::keyIsGone))
    }
    val jobs: SyncJobs by lazy { SyncJobs(this) }
    val foreground: Foreground by lazy { Foreground(jobs, connections(), ::forget) }

    /** What was typed before there is a store: kept from one window to the next, and nowhere else. */
    val beginning = Beginning()
    val keepNear: KeepNear by lazy { KeepNear(localNetworks()) { NsdDiscovery.of(this) } }
    val files: HandedFiles by lazy { HandedFiles(this).apply { clear() } }
    val lock: AppLock by lazy { AppLock({ preferences.appLock && hasScreenLock() }, SystemClock::elapsedRealtime) }
    val notices: Notices by lazy { Notices(this) { words(this) } }

    private fun forget() {
        jobs.stop()
        notices.clear()
        preferences.clear()
    }

    /** The texts in the language of [context], which may differ from the process's. */
    fun words(context: Context): Words = context.words(preferences)
}

/** The process's own things. */
val Context.belay: BelayApplication get() = applicationContext as BelayApplication
