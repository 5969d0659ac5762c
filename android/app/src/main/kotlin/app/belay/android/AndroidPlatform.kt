package app.belay.android

import android.Manifest
import android.app.LocaleManager
import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.LocaleList
import android.os.PersistableBundle
import android.provider.Settings
import android.telephony.TelephonyManager
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import app.belay.android.attach.AndroidAttaching
import app.belay.android.lock.hasScreenLock
import app.belay.android.near.NsdDiscovery
import app.belay.android.qr.ScanActivity
import app.belay.android.qr.hasBackCamera
import app.belay.core.Discovery
import app.belay.ui.Platform
import java.util.Locale
import kotlinx.coroutines.CompletableDeferred

/** What only an Android activity can do. Make one while the activity is created. */
class AndroidPlatform(private val activity: ComponentActivity, private val preferences: DevicePreferences) : Platform {
    private var scanned: CompletableDeferred<String?>? = null
    private var allowed: CompletableDeferred<Boolean>? = null
    private var picked: CompletableDeferred<Uri?>? = null
    private val notices = activity.belay.notices
    private val files = activity.belay.files
    override val attaching = AndroidAttaching(activity, files)
    private val pick = activity.registerForActivityResult(OpenDocument()) { picked?.complete(it) }
    private val scan = activity.registerForActivityResult(ScanActivity.Scan) { scanned?.complete(it) }
    private val allow = activity.registerForActivityResult(RequestPermission()) { allowed?.complete(it) }

    override fun shareText(text: String) {
        val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
        start(Intent.createChooser(send, null))
    }

    override fun dial(address: String) {
        // A tablet may have nothing that dials: then the number is at hand for another phone.
        if (!start(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", address, null)))) copy("", address)
    }

    override fun message(number: String, text: String) {
        val message = Intent(Intent.ACTION_SENDTO, Uri.fromParts("smsto", number, null)).putExtra("sms_body", text)
        if (!start(message)) copy("", number)
    }

    override fun openPage(url: String) {
        val page = Uri.parse(url)
        if (page.scheme != "https" || !start(Intent(Intent.ACTION_VIEW, page))) copy("", url)
    }

    override fun copy(label: String, text: String) {
        val clip = ClipData.newPlainText(label, text)
        clip.description.extras = PersistableBundle().apply { putBoolean(IS_SENSITIVE, true) }
        activity.getSystemService(ClipboardManager::class.java)?.setPrimaryClip(clip)
    }

    override fun discovery(): Discovery? = NsdDiscovery.of(activity)

    override fun newFile(name: String): String = files.new(name)

    override fun shareFile(path: String) {
        start(files.sending(path))
    }

    override suspend fun pickFile(): String? {
        val answer = CompletableDeferred<Uri?>().also { picked = it }
        pick.launch(arrayOf("*/*"))
        return answer.await()?.let { files.take(it) }
    }

    override fun dropFile(path: String) = files.drop(path)

    override val canScan: Boolean get() = activity.hasBackCamera()

    override suspend fun scanQr(): String? {
        val answer = CompletableDeferred<String?>().also { scanned = it }
        scan.launch(Unit)
        return answer.await()
    }

    override val canLock: Boolean get() = activity.hasScreenLock()

    override var appLock: Boolean
        get() = preferences.appLock && canLock
        set(value) {
            preferences.appLock = value
        }

    override val canTell: Boolean get() = true

    override val tells: Boolean get() = preferences.tells && notices.allowed

    override suspend fun tell(wanted: Boolean): Boolean {
        if (wanted && !notices.allowed && Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            val answer = CompletableDeferred<Boolean>().also { allowed = it }
            allow.launch(Manifest.permission.POST_NOTIFICATIONS)
            answer.await()
        }
        preferences.tells = wanted && notices.allowed
        if (preferences.tells) notices.prepare() else notices.clear()
        return tells
    }

    override var language: String?
        get() = activity.chosenLanguage(preferences)
        set(value) {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
                val locales = value?.let(LocaleList::forLanguageTags) ?: LocaleList.getEmptyLocaleList()
                activity.getSystemService(LocaleManager::class.java)?.applicationLocales = locales
            } else {
                preferences.language = value
                activity.recreate()
            }
        }

    /** Where the phone network says it is: who travels is helped where they are. No address is looked up. */
    override val region: String?
        get() {
            val telephony = activity.getSystemService(TelephonyManager::class.java)
            return listOf(telephony?.networkCountryIso, telephony?.simCountryIso, Locale.getDefault().country)
                .firstOrNull { !it.isNullOrEmpty() }?.uppercase(Locale.ROOT)
        }

    override val reducedMotion: Boolean
        get() = Settings.Global.getFloat(activity.contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) == 0f

    private fun start(intent: Intent): Boolean = try {
        activity.startActivity(intent)
        true
    } catch (_: ActivityNotFoundException) {
        false
    }

    private companion object {
        /** Known since Android 13; older ones pass it on unread. */
        const val IS_SENSITIVE = "android.content.extra.IS_SENSITIVE"
    }
}
