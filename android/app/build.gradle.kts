import org.gradle.process.ExecOperations
import javax.inject.Inject

plugins {
    id("com.android.application")
    id("org.jetbrains.kotlin.plugin.compose")
}

val repository: File = rootDir.parentFile
val compose = "1.12.1"
val lifecycle = "2.11.0"

/** Telephones and tablets of the last ten years, and emulators. */
val abis = listOf("arm64-v8a", "armeabi-v7a", "x86_64")

android {
    namespace = "app.belay.android"
    compileSdk = 37
    ndkVersion = "28.2.13676358"

    defaultConfig {
        applicationId = "app.belay.android"
        minSdk = 26
        targetSdk = 35
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += abis }
    }

    signingConfigs {
        // A release is signed where the key is: its file and passwords come from the environment, never from here.
        System.getenv("BELAY_KEYSTORE")?.let { keystore ->
            create("release") {
                storeFile = file(keystore)
                storePassword = System.getenv("BELAY_KEYSTORE_PASSWORD")
                keyAlias = System.getenv("BELAY_KEY_ALIAS")
                keyPassword = System.getenv("BELAY_KEY_PASSWORD")
            }
        }
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
            signingConfig = signingConfigs.findByName("release")
        }
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    // Two builds of one commit shall be the same bytes.
    dependenciesInfo {
        includeInApk = false
        includeInBundle = false
    }
    packaging { jniLibs.keepDebugSymbols += "**/libbelay_ffi.so" }
}

/** Stands in a command for the folder that its results go to. */
val outHere = "{out}"

/** Runs a program in the repository; what it makes below [out] becomes part of the build. */
abstract class Generate @Inject constructor(private val exec: ExecOperations) : DefaultTask() {
    @get:Input abstract val command: ListProperty<String>

    @get:Internal abstract val folder: DirectoryProperty

    @get:OutputDirectory abstract val out: DirectoryProperty

    @TaskAction
    fun run() {
        exec.exec {
            workingDir = folder.get().asFile
            commandLine(command.get().map { it.replace("{out}", out.get().asFile.path) })
        }
    }
}

val nativeLibraries by tasks.registering(Generate::class) {
    description = "Compiles the Rust core for every ABI, with cargo-ndk."
    folder = repository
    command = listOf("cargo", "ndk", "--platform", "26", "-o", outHere) + abis.flatMap { listOf("-t", it) } +
        listOf("build", "--locked", "--profile", "phone", "-p", "belay-ffi", "--lib")
    out = layout.buildDirectory.dir("generated/jni")
    // cargo knows best what is up to date.
    outputs.upToDateWhen { false }
}

val bindings by tasks.registering(Generate::class) {
    description = "Generates the Kotlin side of the bindings."
    folder = repository
    // The bindings are read out of a library of the host.
    command = listOf("sh", "-c", "cargo build --locked -p belay-ffi -p belay-bindgen && cargo xtask bindings --out $outHere")
    out = layout.buildDirectory.dir("generated/bindings")
    outputs.upToDateWhen { false }
}

val words by tasks.registering(Generate::class) {
    description = "Generates the texts and the looks."
    folder = repository
    command = listOf("cargo", "xtask", "words", "--out", outHere)
    out = layout.buildDirectory.dir("generated/words")
    outputs.upToDateWhen { false }
}

androidComponents {
    onVariants { variant ->
        variant.sources.jniLibs?.addGeneratedSourceDirectory(nativeLibraries, Generate::out)
        variant.sources.kotlin?.addGeneratedSourceDirectory(bindings, Generate::out)
        variant.sources.kotlin?.addGeneratedSourceDirectory(words, Generate::out)
        variant.sources.kotlin?.addStaticSourceDirectory("../ui/src/common/kotlin")
        variant.sources.kotlin?.addStaticSourceDirectory("../bindings/src/main/kotlin")
    }
}

dependencies {
    // The versions of android-libs/pom.xml; a test compares them.
    implementation("androidx.activity:activity-compose:1.13.0")
    implementation("androidx.compose.foundation:foundation:$compose")
    implementation("androidx.compose.material3:material3:1.4.0")
    implementation("androidx.compose.ui:ui:$compose")
    implementation("androidx.core:core-ktx:1.18.0")
    implementation("androidx.lifecycle:lifecycle-viewmodel-compose:$lifecycle")
    implementation("com.google.zxing:core:3.5.3")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.10.2")
}
