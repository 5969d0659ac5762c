package app.belay.android.notice

import android.Manifest.permission.POST_NOTIFICATIONS
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import app.belay.android.R
import app.belay.words.Words

/**
 * The one kind of notification there is: quiet, the same words whatever it is about, and nothing at all on a
 * lock screen. No name, no text of anybody's, no count.
 */
class Notices(private val context: Context, private val words: () -> Words) {
    private val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))

    /** Whether the person lets the app say anything. */
    val allowed: Boolean
        get() = manager.areNotificationsEnabled() &&
            (
                Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ||
                    context.checkSelfPermission(POST_NOTIFICATIONS) == PERMISSION_GRANTED
                )

    /** Makes the channel, or names it in the present language. */
    fun prepare() {
        val channel = NotificationChannel(CHANNEL, words().systemNoticeChannel, NotificationManager.IMPORTANCE_LOW)
        channel.description = words().systemNoticeChannelAbout
        channel.lockscreenVisibility = Notification.VISIBILITY_SECRET
        channel.setShowBadge(false)
        manager.createNotificationChannel(channel)
    }

    /** Shows it; once it stands there, showing it again is silent. Nothing happens where it is not allowed. */
    fun show() {
        if (!allowed) return
        prepare()
        val notice = Notification.Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.ic_notice)
            .setContentTitle(words().systemNotice)
            .setContentIntent(opening())
            .setVisibility(Notification.VISIBILITY_SECRET)
            .setCategory(Notification.CATEGORY_REMINDER)
            .setLocalOnly(true)
            .setOnlyAlertOnce(true)
            .setAutoCancel(true)
            .setShowWhen(false)
            .build()
        manager.notify(ID, notice)
    }

    private fun opening(): PendingIntent? = context.packageManager.getLaunchIntentForPackage(context.packageName)
        ?.let { PendingIntent.getActivity(context, 0, it, PendingIntent.FLAG_IMMUTABLE) }

    /** Takes it away: the person is here. */
    fun clear() = manager.cancel(ID)

    companion object {
        /** The channel's id; stable, since the person's choices for it hang on it. */
        const val CHANNEL: String = "moments"

        /** The one notification's id. */
        const val ID: Int = 1
    }
}
