package io.twinspan.registry.it.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * DESIGN §13 on a {@link ClusterRecord}: each check returns its complaints, one line each, empty when the claim holds. Those with a
 * {@code since} look only at what was shown from then on, so that a complaint belongs to the fault that caused it.
 */
public final class RecordChecks {
    private final Map<String, Map<String, ProviderLife>> lives = new HashMap<>();
    private final Map<ShownLine, List<Showing>> showings;

    /** Looks at the record as it is now. */
    public RecordChecks(ClusterRecord record) {
        this(record, line -> true);
    }

    /** Looks at some interests only, for example those that a cut link does not concern. */
    public RecordChecks(ClusterRecord record, Predicate<ShownLine> which) {
        record.providersByService()
                .forEach((service, all) -> lives.put(
                        service, all.stream().collect(Collectors.toMap(ProviderLife::address, life -> life))));
        this.showings = record.showings();
        showings.keySet().removeIf(which.negate());
    }

    /**
     * D1: whoever was acknowledged before {@code calm} and lives at {@code at} is in the list that every subscriber of its service
     * shows at {@code at}.
     */
    public List<String> everyLiveIsShown(long calm, long at) {
        List<String> complaints = new ArrayList<>();
        showings.forEach((line, all) -> {
            Set<String> shown = new HashSet<>(shownAt(all, at));
            of(line).values().stream()
                    .filter(life -> life.livesAt(calm) && life.livesAt(at) && !shown.contains(life.address()))
                    .forEach(life -> complaints.add("D1 " + line.client() + " is not shown " + life.address() + " of "
                            + line.service() + " at " + seconds(at)));
        });
        return complaints;
    }

    /** D2: nobody shows at {@code at} what its application had taken back before {@code calm}. */
    public List<String> everyGoneHasLeft(long calm, long at) {
        List<String> complaints = new ArrayList<>();
        showings.forEach((line, all) -> shownAt(all, at).forEach(address -> {
            ProviderLife life = of(line).get(address);
            if (life != null && life.takenBackNanos() <= calm) {
                complaints.add("D2 " + line.client() + " still shows " + address + " of " + line.service() + " at "
                        + seconds(at) + ", taken back at " + seconds(life.takenBackNanos()));
            }
        }));
        return complaints;
    }

    /**
     * D3: an address that was taken back and has left a client's list never stands in it again. One that it has not shown yet may
     * still come after it was taken back, with a list that is older than the newest and newer than what the client has.
     */
    public List<String> nothingReturns(long since) {
        List<String> complaints = new ArrayList<>();
        showings.forEach((line, all) -> {
            Set<String> had = new HashSet<>();
            Set<String> gone = new HashSet<>();
            for (Showing showing : all) {
                if (showing.nanos() >= since) {
                    showing.addresses().stream()
                            .filter(gone::contains)
                            .forEach(address -> complaints.add("D3 " + line.client() + " shows " + address + " of "
                                    + line.service() + " again at " + seconds(showing.nanos())));
                }
                had.addAll(showing.addresses());
                for (ProviderLife life : of(line).values()) {
                    if (life.takenBackNanos() <= showing.nanos()
                            && had.contains(life.address())
                            && !showing.addresses().contains(life.address())) {
                        gone.add(life.address());
                    }
                }
            }
        });
        return complaints;
    }

    /** D4: an address that a client has shown stays in its list as long as it lives. */
    public List<String> nothingIsLost(long since) {
        List<String> complaints = new ArrayList<>();
        showings.forEach((line, all) -> {
            Set<String> had = new HashSet<>();
            for (Showing showing : all) {
                Set<String> now = new HashSet<>(showing.addresses());
                if (showing.nanos() >= since) {
                    had.stream()
                            .filter(address -> !now.contains(address) && isLive(line, address, showing.nanos()))
                            .forEach(address -> complaints.add("D4 " + line.client() + " has lost " + address + " of "
                                    + line.service() + " at " + seconds(showing.nanos()) + ", left with "
                                    + now.size()));
                }
                had.addAll(now);
            }
        });
        return complaints;
    }

    /** D4 where somebody provides every service all the time: no client that has shown anything shows nothing after that. */
    public List<String> nothingIsEmptied(long since) {
        List<String> complaints = new ArrayList<>();
        showings.forEach((line, all) -> all.stream()
                .dropWhile(showing -> showing.addresses().isEmpty())
                .filter(showing ->
                        showing.nanos() >= since && showing.addresses().isEmpty())
                .forEach(showing -> complaints.add("D4 " + line.client() + " shows nothing of " + line.service()
                        + " at " + seconds(showing.nanos()))));
        return complaints;
    }

    /** D5: of the services named, which nobody touched since {@code calm}, every list since then is the one shown at that time. */
    public List<String> nothingStirs(Set<String> untouched, long calm, long since) {
        List<String> complaints = new ArrayList<>();
        showings.forEach((line, all) -> {
            if (!untouched.contains(line.service())) {
                return;
            }
            List<String> calmList = shownAt(all, calm);
            all.stream()
                    .filter(showing -> showing.nanos() > calm && showing.nanos() >= since)
                    .filter(showing -> !showing.addresses().equals(calmList))
                    .forEach(showing -> complaints.add("D5 " + line.client() + " shows "
                            + showing.addresses().size() + " in place of " + calmList.size() + " addresses of "
                            + line.service() + " at " + seconds(showing.nanos())));
        });
        return complaints;
    }

    private Map<String, ProviderLife> of(ShownLine line) {
        return lives.getOrDefault(line.service(), Map.of());
    }

    private boolean isLive(ShownLine line, String address, long nanos) {
        ProviderLife life = of(line).get(address);
        return life != null && life.livesAt(nanos);
    }

    /** The list in force at a time; empty before the first. */
    private static List<String> shownAt(List<Showing> all, long at) {
        List<String> inForce = List.of();
        for (Showing showing : all) {
            if (showing.nanos() > at) {
                break;
            }
            inForce = showing.addresses();
        }
        return inForce;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
