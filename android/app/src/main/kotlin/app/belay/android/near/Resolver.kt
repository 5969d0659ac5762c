package app.belay.android.near

import android.net.nsd.NsdManager
import android.net.nsd.NsdServiceInfo
import android.os.Build
import androidx.annotation.RequiresApi
import java.util.concurrent.ConcurrentHashMap

/** Finds out where a service that was seen can be called, and what it says. */
internal interface Resolver {
    /** Tells [found], at once or later, and again where it becomes another. */
    fun follow(info: NsdServiceInfo, found: (NsdServiceInfo) -> Unit)

    /** The service called [name] is gone. */
    fun forget(name: String)

    /** Nothing is asked any more. */
    fun end()
}

/** As the system does it since Android 14: it follows a service and tells every change. */
@RequiresApi(Build.VERSION_CODES.UPSIDE_DOWN_CAKE)
internal class FollowingResolver(private val nsd: NsdManager) : Resolver {
    private val followed = ConcurrentHashMap<String, Following>()

    override fun follow(info: NsdServiceInfo, found: (NsdServiceInfo) -> Unit) {
        val following = Following(info.serviceName, found)
        if (followed.putIfAbsent(info.serviceName, following) != null) return
        nsd.registerServiceInfoCallback(info, Runnable::run, following)
    }

    override fun forget(name: String) {
        followed.remove(name)?.let(nsd::unregisterServiceInfoCallback)
    }

    override fun end() = followed.keys.toList().forEach(::forget)

    private inner class Following(private val name: String, private val found: (NsdServiceInfo) -> Unit) :
        NsdManager.ServiceInfoCallback {
        override fun onServiceUpdated(info: NsdServiceInfo) = found(info)

        override fun onServiceInfoCallbackRegistrationFailed(code: Int) {
            // It was never followed, and asking to stop would be an error.
            followed -= name
        }

        override fun onServiceLost() = Unit

        override fun onServiceInfoCallbackUnregistered() = Unit
    }
}

/** As older systems do it: one service at a time, each asked about once it is seen. */
internal class OneByOne(private val nsd: NsdManager) : Resolver {
    private class Question(val info: NsdServiceInfo, val found: (NsdServiceInfo) -> Unit)

    private val waiting = ArrayDeque<Question>()
    private var asked: Question? = null

    @Synchronized
    override fun follow(info: NsdServiceInfo, found: (NsdServiceInfo) -> Unit) {
        waiting.removeAll { it.info.serviceName == info.serviceName }
        waiting += Question(info, found)
        next()
    }

    @Synchronized
    override fun forget(name: String) {
        waiting.removeAll { it.info.serviceName == name }
    }

    @Synchronized
    override fun end() = waiting.clear()

    private fun next() {
        if (asked != null) return
        val question = waiting.removeFirstOrNull() ?: return
        asked = question
        @Suppress("DEPRECATION") // its successor came with Android 14
        nsd.resolveService(question.info, Answer(question))
    }

    @Synchronized
    private fun answered() {
        asked = null
        next()
    }

    private inner class Answer(private val question: Question) : NsdManager.ResolveListener {
        override fun onServiceResolved(info: NsdServiceInfo) {
            question.found(info)
            answered()
        }

        override fun onResolveFailed(info: NsdServiceInfo, code: Int) = answered()
    }
}
