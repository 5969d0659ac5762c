package app.belay.android

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element

private const val ANDROID = "http://schemas.android.com/apk/res/android"

/** Reads the manifest that ships, also what is newer than the tools of these tests. */
class ManifestTest {
    private val manifest = parse("src/main/AndroidManifest.xml")
    private val application = manifest.all("application").single()

    @Test
    fun `the app asks for no more than it uses`() {
        val asked = manifest.all("uses-permission").map { it.android("name").removePrefix("android.permission.") }
        val used = setOf(
            "INTERNET",
            "ACCESS_NETWORK_STATE",
            "CHANGE_WIFI_MULTICAST_STATE",
            "POST_NOTIFICATIONS",
            "CAMERA",
            "RECORD_AUDIO",
            "USE_BIOMETRIC",
            "RECEIVE_BOOT_COMPLETED"
        )
        assertEquals(used, asked.toSet())
        assertTrue(manifest.all("uses-feature").all { it.android("required") == "false" })
    }

    @Test
    fun `nothing is backed up or moved to another phone`() {
        assertEquals("false", application.android("allowBackup"))
        assertEquals("@xml/backup_nothing", application.android("fullBackupContent"))
        assertEquals("@xml/extract_nothing", application.android("dataExtractionRules"))
        val places = setOf("root", "file", "database", "sharedpref", "external")
        assertEquals(places, excluded(parse("src/main/res/xml/backup_nothing.xml")))
        val newer = parse("src/main/res/xml/extract_nothing.xml")
        val locked = setOf("device_root", "device_file", "device_database", "device_sharedpref")
        for (way in listOf("cloud-backup", "device-transfer")) {
            assertEquals(way, places + locked, excluded(newer.all(way).single()))
        }
    }

    @Test
    fun `only the activity that links and shares lead to can be started from outside`() {
        val parts = listOf("activity", "service", "receiver", "provider").flatMap { manifest.all(it) }
        val open = parts.filter { it.android("exported") != "false" }.map { it.android("name") }
        assertEquals(listOf(".MainActivity"), open)
        val service = manifest.all("service").single()
        assertEquals("android.permission.BIND_JOB_SERVICE", service.android("permission"))
    }

    @Test
    fun `going back is told to the system before it happens`() {
        assertEquals("true", application.android("enableOnBackInvokedCallback"))
    }

    @Test
    fun `the languages that the system offers are those there are words for`() {
        val offered = parse("src/main/res/xml/languages.xml").all("locale").map { it.android("name") }
        val written = File("../../words/common.toml").readText().lineSequence()
            .mapNotNull { Regex("^([a-z]{2}) = ").find(it)?.groupValues?.get(1) }.toSet()
        assertEquals(written, offered.toSet())
    }

    @Test
    fun `the versions that Gradle builds with are those that are tested here`() {
        val gradle = File("build.gradle.kts").readText()
        val poms = listOf(
            "../android-libs/pom.xml",
            "../bindings/pom.xml",
            "../pom.xml",
            "pom.xml"
        ).joinToString("\n") {
            File(it).readText()
        }
        val named = Regex("implementation\\(\"([^:\"]+):([^:\"]+):([^\"@]+)(@aar)?\"\\)").findAll(gradle).toList()
        assertTrue("only ${named.size} read", named.size >= 9)
        for (match in named) {
            val (_, artifact, written) = match.destructured
            val version =
                Regex("val ${written.removePrefix("$")} = \"(.+)\"").find(gradle)?.groupValues?.get(1) ?: written
            assertTrue("$artifact $version is not in a pom", versionsOf(poms, artifact).contains(version))
        }
    }

    private fun versionsOf(poms: String, artifact: String): Set<String> {
        val names = listOf(artifact, "$artifact-android", "$artifact-core-jvm", "kotlinx-coroutines-bom")
        return names.flatMap { name ->
            Regex("<artifactId>$name</artifactId>\\s*<version>([^<]+)</version>").findAll(poms).map { found ->
                val version = found.groupValues[1]
                val property = Regex("\\$\\{(.+)}").matchEntire(version)?.groupValues?.get(1) ?: return@map version
                checkNotNull(Regex("<$property>([^<]+)</$property>").find(poms)).groupValues[1]
            }
        }.toSet()
    }

    private fun excluded(rules: Element): Set<String> {
        assertTrue(rules.all("include").isEmpty())
        return rules.all("exclude").onEach { assertEquals(".", it.getAttribute("path")) }
            .map { it.getAttribute("domain") }.toSet()
    }

    private fun parse(path: String): Element = DocumentBuilderFactory.newInstance()
        .apply { isNamespaceAware = true }
        .newDocumentBuilder().parse(File(path)).documentElement

    private fun Element.all(name: String): List<Element> =
        getElementsByTagName(name).let { found -> List(found.length) { found.item(it) as Element } }

    private fun Element.android(name: String): String = getAttributeNS(ANDROID, name)
}
