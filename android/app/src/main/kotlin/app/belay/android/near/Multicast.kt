package app.belay.android.near

import android.content.Context
import android.net.wifi.WifiManager
import android.os.Build

/** Whether the Wi-Fi passes on what is sent to everybody; phones filter it out to spare the battery. */
interface Multicast {
    /** Lets it through until [filter]; once more changes nothing. */
    fun letThrough()

    /** Filters it again; once more changes nothing. */
    fun filter()

    companion object {
        /** Since Android 13 the system sees to it itself, for as long as somebody looks for services. */
        fun of(context: Context): Multicast =
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) Unfiltered else WifiLock(context)
    }
}

private object Unfiltered : Multicast {
    override fun letThrough() = Unit

    override fun filter() = Unit
}

private class WifiLock(context: Context) : Multicast {
    private val lock = context.applicationContext.getSystemService(WifiManager::class.java)
        ?.createMulticastLock("belay")?.apply { setReferenceCounted(false) }

    override fun letThrough() {
        lock?.acquire()
    }

    override fun filter() {
        if (lock?.isHeld == true) lock.release()
    }
}
