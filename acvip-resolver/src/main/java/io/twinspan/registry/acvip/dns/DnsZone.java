package io.twinspan.registry.acvip.dns;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.twinspan.registry.acvip.AddressRule;
import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.domain.AnswerAges;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Lookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The names of one zone, which is the name of the federation: {@code session.ZONE} and {@code console.ZONE} are the federation's, {@code
 * NAME.ZONE} is the Vip or the service NAME of the default group. SRV is also found under {@code _anything._tcp.NAME.ZONE}, and names
 * an ip as {@code 10-0-0-1.addr.ZONE}.
 */
public final class DnsZone {
    /** Records of one reply; a domain with more is cut, because nobody tries so many. */
    private static final int MOST_RECORDS = 200;

    /** An answer is not held up for longer by nobody's saying how old it is. */
    private static final Duration AGES_WITHIN = Duration.ofSeconds(1);

    private static final int INTERNET = 1;
    private static final int LONGEST_IP = 45;
    private static final String ADDRESS = ".addr.";

    private final String zone;
    private final DomainSource domains;
    private final AgeSource ages;
    private final HostLookup hosts;
    private final int ttlSeconds;

    /**
     * @param federation the zone
     * @param ttlSeconds of what is not there
     */
    public DnsZone(String federation, DomainSource domains, AgeSource ages, HostLookup hosts, int ttlSeconds) {
        this.zone = federation;
        this.domains = domains;
        this.ages = ages;
        this.hosts = hosts;
        this.ttlSeconds = ttlSeconds;
    }

    /** The reply to a question. */
    CompletionStage<DnsReply> answer(DnsQuery query) {
        if (query.dnsClass() != INTERNET) {
            return done(DnsReply.refusal(DnsResponseCode.REFUSED));
        }
        String asked = query.name().endsWith(".")
                ? query.name().substring(0, query.name().length() - 1)
                : query.name();
        String lower = asked.toLowerCase(Locale.ROOT);
        if (lower.equals(zone)) {
            return done(ofZone(query));
        }
        if (!lower.endsWith("." + zone)) {
            return done(DnsReply.refusal(DnsResponseCode.NXDOMAIN));
        }
        String prefix = asked.substring(0, asked.length() - zone.length() - 1);
        if (lower.endsWith(ADDRESS + zone)) {
            return done(ofAddress(query, prefix.substring(0, prefix.length() - ADDRESS.length() + 1)));
        }
        String name = withoutService(prefix);
        return find(name).thenCompose(found -> {
            DomainAnswer answer = found.answer();
            if (answer != null) {
                return of(query, answer);
            }
            return done(
                    found.state() == Lookup.State.ABSENT
                            ? nothing(DnsResponseCode.NXDOMAIN)
                            : DnsReply.refusal(DnsResponseCode.SERVFAIL));
        });
    }

    /** Names of DNS are the same in any case; services are not, so a service is found in the case asked. */
    private CompletionStage<Lookup> find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("session") || lower.equals("console")) {
            return domains.ask(DomainName.of(lower + "." + zone));
        }
        DomainName asked;
        DomainName inLower;
        try {
            asked = DomainName.of(name);
            inLower = DomainName.of(lower);
        } catch (IllegalArgumentException noName) {
            // DNS allows labels that no service can have.
            return CompletableFuture.completedFuture(Lookup.absent("no service can have that name"));
        }
        return domains.ask(inLower)
                .thenCompose(found -> found.state() == Lookup.State.ABSENT && !lower.equals(name)
                        ? domains.ask(asked)
                        : CompletableFuture.completedFuture(found));
    }

    /** {@code _http._tcp.orders} is {@code orders}. */
    private static String withoutService(String prefix) {
        String[] labels = prefix.split("\\.", 3);
        boolean isOfService = labels.length == 3 && labels[0].startsWith("_") && labels[1].startsWith("_");
        return isOfService ? labels[2] : prefix;
    }

    private CompletionStage<DnsReply> of(DnsQuery query, DomainAnswer answer) {
        DnsRecordType type = DnsRecordType.valueOf(query.type() & 0xffff);
        if (type.equals(DnsRecordType.A) || type.equals(DnsRecordType.AAAA)) {
            return addresses(query, answer);
        }
        if (type.equals(DnsRecordType.SRV)) {
            return done(srv(query, answer));
        }
        if (type.equals(DnsRecordType.TXT) || type.equals(DnsRecordType.ANY)) {
            return ages.of(answer)
                    .thenApply(known -> known)
                    .toCompletableFuture()
                    .completeOnTimeout(AnswerAges.UNKNOWN, AGES_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(known -> txt(query, answer, known));
        }
        return done(nothing(DnsResponseCode.NOERROR));
    }

    private CompletionStage<DnsReply> addresses(DnsQuery query, DomainAnswer answer) {
        int bytes = query.type() == DnsRecordType.A.intValue() ? 4 : 16;
        List<CompletableFuture<List<InetAddress>>> found = new ArrayList<>();
        for (String host : new TreeSet<>(
                answer.endpoints().stream().map(each -> each.address().host()).toList())) {
            found.add(
                    AddressRule.isLiteral(host)
                            ? CompletableFuture.completedFuture(literal(host))
                            : hosts.find(host).toCompletableFuture());
        }
        return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> {
                    Map<String, DnsReply.Item> items = new LinkedHashMap<>();
                    found.stream().flatMap(each -> each.join().stream()).forEach(address -> {
                        byte[] data = address.getAddress();
                        if (data.length == bytes && items.size() < MOST_RECORDS) {
                            items.put(
                                    address.getHostAddress(),
                                    new DnsReply.Item(query.name(), query.type(), answer.ttlSeconds(), data));
                        }
                    });
                    return items.isEmpty()
                            ? nothing(DnsResponseCode.NOERROR)
                            : full(List.copyOf(items.values()), List.of());
                });
    }

    private DnsReply srv(DnsQuery query, DomainAnswer answer) {
        List<DnsReply.Item> items = new ArrayList<>();
        Map<String, DnsReply.Item> more = new LinkedHashMap<>();
        for (Candidate each : some(answer)) {
            String host = each.address().host();
            String target = host;
            if (AddressRule.isLiteral(host)) {
                target = host.replace('.', '-').replace(':', '_') + ADDRESS + zone;
                for (InetAddress address : literal(host)) {
                    byte[] data = address.getAddress();
                    DnsRecordType type = data.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
                    more.put(target, new DnsReply.Item(target + ".", type.intValue(), answer.ttlSeconds(), data));
                }
            }
            items.add(new DnsReply.Item(
                    query.name(),
                    query.type(),
                    answer.ttlSeconds(),
                    DnsData.srv(each.weight(), each.address().port(), target)));
        }
        return items.isEmpty() ? nothing(DnsResponseCode.NOERROR) : full(items, List.copyOf(more.values()));
    }

    /** In the words of the answers over HTTP. */
    private DnsReply txt(DnsQuery query, DomainAnswer answer, AnswerAges known) {
        List<DnsReply.Item> items = new ArrayList<>();
        for (Candidate each : some(answer)) {
            List<String> strings = new ArrayList<>(
                    List.of("address=" + each.address(), "datacenter=" + each.datacenter(), "weight=" + each.weight()));
            if (!each.zone().isEmpty()) {
                strings.add("zone=" + each.zone());
            }
            strings.add("healthy=" + each.isHealthy());
            if (answer.epoch() != null) {
                strings.add("epoch=" + answer.epoch());
            }
            AnswerAges.Age age = known.of(each.datacenter());
            strings.add("marked=" + (age.isOld() ? "OLD" : "FRESH"));
            Duration since = age.since();
            if (since != null) {
                strings.add("ageSeconds=" + since.toSeconds());
            }
            items.add(new DnsReply.Item(
                    query.name(), DnsRecordType.TXT.intValue(), answer.ttlSeconds(), DnsData.txt(strings)));
        }
        return items.isEmpty() ? nothing(DnsResponseCode.NOERROR) : full(items, List.of());
    }

    private DnsReply ofZone(DnsQuery query) {
        boolean isSoa = query.type() == DnsRecordType.SOA.intValue();
        return isSoa ? full(List.of(soa()), List.of()) : nothing(DnsResponseCode.NOERROR);
    }

    /** An ip that an SRV record has named. */
    private DnsReply ofAddress(DnsQuery query, String label) {
        String ip = label.indexOf('_') >= 0 ? label.replace('_', ':').replace('-', '.') : label.replace('-', '.');
        if (ip.length() > LONGEST_IP || !AddressRule.isLiteral(ip)) {
            return nothing(DnsResponseCode.NXDOMAIN);
        }
        List<DnsReply.Item> items = new ArrayList<>();
        for (InetAddress address : literal(ip)) {
            byte[] data = address.getAddress();
            DnsRecordType type = data.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
            if (query.type() == type.intValue()) {
                items.add(new DnsReply.Item(query.name(), query.type(), ttlSeconds, data));
            }
        }
        return items.isEmpty() ? nothing(DnsResponseCode.NOERROR) : full(items, List.of());
    }

    private DnsReply.Item soa() {
        return new DnsReply.Item(zone + ".", DnsRecordType.SOA.intValue(), ttlSeconds, DnsData.soa(zone, ttlSeconds));
    }

    private DnsReply nothing(DnsResponseCode code) {
        return new DnsReply(code, List.of(), List.of(soa()), List.of());
    }

    private static DnsReply full(List<DnsReply.Item> items, List<DnsReply.Item> more) {
        return new DnsReply(DnsResponseCode.NOERROR, items, List.of(), more);
    }

    private static List<Candidate> some(DomainAnswer answer) {
        return answer.endpoints().stream().limit(MOST_RECORDS).toList();
    }

    /** An ip is not looked up. */
    private static List<InetAddress> literal(String ip) {
        try {
            return List.of(InetAddress.getByName(ip));
        } catch (UnknownHostException notAnAddress) {
            return List.of();
        }
    }

    private static CompletionStage<DnsReply> done(DnsReply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
