package io.twinspan.registry.ops.host;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the process behind a listening port. Sees the processes of this user; those of others only as root. */
public final class Listeners {
    private final Path proc;

    /** Reads below the given folder, {@code /proc} in earnest. */
    public Listeners(Path proc) {
        this.proc = proc;
    }

    /** The process that listens on the port; empty when nothing does, or when it cannot be seen. */
    public Optional<Long> find(int port) {
        return inode("net/tcp", port).or(() -> inode("net/tcp6", port)).flatMap(this::ownerOf);
    }

    /** The same where several listen on one port, each on an address of its own. */
    public Optional<Long> find(Endpoint endpoint) {
        InetAddress address;
        try {
            address = InetAddress.getByName(endpoint.host());
        } catch (UnknownHostException unknown) {
            return find(endpoint.port());
        }
        return inode("net/tcp", endpoint.port(), address)
                .or(() -> inode("net/tcp6", endpoint.port(), address))
                .flatMap(this::ownerOf)
                .or(() -> find(endpoint.port()));
    }

    /** The command line of a process with blanks between the words; empty when it is gone or hidden. */
    public Optional<String> command(long pid) {
        try {
            String words =
                    Files.readString(proc.resolve(Long.toString(pid)).resolve("cmdline"), StandardCharsets.UTF_8);
            String command = words.replace('\0', ' ').trim();
            return command.isEmpty() ? Optional.empty() : Optional.of(command);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private Optional<String> inode(String table, int port) {
        try (Stream<String> lines = Files.lines(proc.resolve(table), StandardCharsets.UTF_8)) {
            return SocketTable.findListener(lines, port);
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private Optional<String> inode(String table, int port, InetAddress address) {
        try (Stream<String> lines = Files.lines(proc.resolve(table), StandardCharsets.UTF_8)) {
            return SocketTable.findListener(lines, port, address);
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private Optional<Long> ownerOf(String inode) {
        String wanted = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, wanted)) {
                    return Optional.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException notLinux) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** A process that ends while we look, or that is not ours to see, simply does not hold it. */
    private static boolean holds(Path process, String wanted) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (isLinkTo(file, wanted)) {
                    return true;
                }
            }
        } catch (IOException hidden) {
            return false;
        }
        return false;
    }

    private static boolean isLinkTo(Path file, String wanted) {
        try {
            return Files.readSymbolicLink(file).toString().equals(wanted);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
