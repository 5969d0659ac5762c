import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Unpacks the classes of every .aar in a folder into a classes folder: {@code java AarClasses.java AARS OUT}. */
public class AarClasses {
    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[1]).toAbsolutePath().normalize();
        Files.createDirectories(out);
        int files = 0;
        try (var aars = Files.newDirectoryStream(Path.of(arguments[0]), "*.aar")) {
            for (Path aar : aars) {
                try (ZipFile zip = new ZipFile(aar.toFile())) {
                    for (ZipEntry jar : zip.stream().filter(AarClasses::holdsClasses).toList()) {
                        files += unpack(zip.getInputStream(jar), out);
                    }
                }
            }
        }
        System.out.println(files + " files of Android libraries in " + out);
    }

    private static boolean holdsClasses(ZipEntry entry) {
        String name = entry.getName();
        return name.equals("classes.jar") || (name.startsWith("libs/") && name.endsWith(".jar"));
    }

    private static int unpack(InputStream jar, Path out) throws IOException {
        int files = 0;
        try (ZipInputStream in = new ZipInputStream(jar)) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                Path to = out.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || entry.getName().equals("META-INF/MANIFEST.MF")) continue;
                if (!to.startsWith(out)) throw new IOException("leaves its folder: " + entry.getName());
                Files.createDirectories(to.getParent());
                Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
                files++;
            }
        }
        return files;
    }
}
