package io.twinspan.registry.acvip.health;

import io.twinspan.registry.acvip.AddressRule;
import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks over sockets, on threads of its own. A host name is looked up each time, and the address that is found is the one that is
 * judged and connected to. Of an HTTP answer only the line with the status is read, and a redirect is not followed, because it would
 * lead to an address that no Vip lists.
 */
public final class SocketProbe implements Probe, AutoCloseable {
    private static final int KEEP_SECONDS = 30;
    private static final int LONGEST_STATUS_LINE = 256;
    private static final int STATUS_WORDS = 3;
    private static final int HUNDRED = 100;

    private final HealthSettings settings;
    private final ThreadPoolExecutor threads;

    /** Begins no thread before it is asked. */
    public SocketProbe(HealthSettings settings) {
        this.settings = settings;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                settings.mostAtOnce(),
                settings.mostAtOnce(),
                KEEP_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.mostAtOnce()),
                task -> {
                    Thread thread = new Thread(task, "health-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<ProbeResult> look(Endpoint at, HealthCheck check) {
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        try {
            threads.execute(() -> result.complete(lookNow(at, check)));
        } catch (RejectedExecutionException full) {
            result.complete(ProbeResult.failed("too many checks at once"));
        }
        return result;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private ProbeResult lookNow(Endpoint at, HealthCheck check) {
        try {
            InetAddress address = InetAddress.getByName(at.host());
            String refusal = settings.isLocalAllowed() ? "" : AddressRule.refusal(address);
            if (!refusal.isEmpty()) {
                return ProbeResult.failed("not looked at: " + refusal);
            }
            return look(new InetSocketAddress(address, at.port()), at, check);
        } catch (UnknownHostException unknown) {
            return ProbeResult.failed("no such host");
        } catch (SocketTimeoutException late) {
            return ProbeResult.failed("no answer within " + check.timeout().toMillis() + " ms");
        } catch (ConnectException refused) {
            return ProbeResult.failed("connection refused");
        } catch (IOException failed) {
            return ProbeResult.failed(String.valueOf(failed.getMessage()));
        }
    }

    private static ProbeResult look(InetSocketAddress to, Endpoint at, HealthCheck check) throws IOException {
        int within = Math.toIntExact(check.timeout().toMillis());
        long until = System.nanoTime() + check.timeout().toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(to, within);
            if (check.kind() != HealthCheck.Kind.HTTP) {
                return ProbeResult.passed("connected");
            }
            String request = "GET " + check.path() + " HTTP/1.1\r\nHost: " + at
                    + "\r\nUser-Agent: twinspan-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return status(statusLine(socket, until));
        }
    }

    private static String statusLine(Socket socket, long until) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_STATUS_LINE) {
            // A server that sends a byte now and then is late as a whole.
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout(Math.toIntExact(left));
            int next = in.read();
            if (next < 0 || next == '\n') {
                break;
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Reads {@code HTTP/1.1 200 OK}. */
    static ProbeResult status(String line) {
        String[] words = line.split(" ", STATUS_WORDS);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[1-5]\\d\\d")) {
            return ProbeResult.failed("what answered is not HTTP");
        }
        int status = Integer.parseInt(words[1]);
        return switch (status / HUNDRED) {
            case 2 -> ProbeResult.passed("answered " + status);
            case 3 -> ProbeResult.failed("answered " + status + ", and a redirect is not followed");
            default -> ProbeResult.failed("answered " + status);
        };
    }
}
