package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.Choice;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.DutyView;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.acvip.health.HealthBoard;
import io.twinspan.registry.acvip.health.HealthState;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every domain is. Belongs to the resolver's event loop. */
final class DomainTable {
    private static final Choice.Rule FEDERATION = new Choice.Rule(0, true);

    /** An answer depends on nothing else that is asked. */
    private record Asked(DomainName name, DatacenterId datacenter, String zone) {}

    private record Chosen(Choice choice, Duties duties) {}

    private final ResolverSettings settings;
    private final DatacenterId own;
    private final DutyView duty;
    private final HealthBoard health;
    private final ServiceSource services;
    private final Map<Asked, Lookup> kept = new HashMap<>();
    private Map<String, Vip> vips = Map.of();
    private boolean areVipsKnown;
    private Federation federation = Federation.UNKNOWN;

    DomainTable(
            ResolverSettings settings, DatacenterId own, DutyView duty, HealthBoard health, ServiceSource services) {
        this.settings = settings;
        this.own = own;
        this.duty = duty;
        this.health = health;
        this.services = services;
    }

    void onVips(Map<String, Vip> newer) {
        vips = Map.copyOf(newer);
        areVipsKnown = true;
        health.watch(vips.values());
        forget();
    }

    void onFederation(Federation newer) {
        federation = newer;
        forget();
    }

    /** Something that everything may depend on is another thing. */
    void forget() {
        kept.clear();
    }

    void forget(String domain) {
        kept.keySet().removeIf(asked -> asked.name().name().equals(domain));
    }

    Federation federation() {
        return federation;
    }

    Map<String, Vip> vips() {
        return vips;
    }

    /** The service that must be watched to say what a domain is; empty when it is no service. */
    Optional<DomainName> service(DomainName name) {
        if (isFederation(name.name())) {
            return Optional.empty();
        }
        Vip vip = vips.get(name.name());
        if (vip == null) {
            return Optional.of(name);
        }
        DataInfoId service = vip.service();
        return service == null
                ? Optional.empty()
                : Optional.of(new DomainName(service.dataId(), service, Scope.GLOBAL));
    }

    Lookup find(DomainName name, Place place) {
        Asked asked = new Asked(name, place.datacenter(), place.zone());
        Lookup before = kept.get(asked);
        Lookup lookup = before == null ? choose(name, place) : before;
        // What a service is, its source keeps; who stops watching it would otherwise be answered what it was.
        boolean isKept = lookup.state() == Lookup.State.FOUND && service(name).isEmpty();
        if (before == null && isKept) {
            if (kept.size() >= settings.mostKept()) {
                kept.clear();
            }
            kept.put(asked, lookup);
        }
        DomainAnswer answer = lookup.answer();
        return answer == null ? lookup : Lookup.found(answer.at(place));
    }

    /** Why each address is answered or not; null when nothing can be said. */
    @Nullable
    Choice explain(DomainName name, Place place) {
        Chosen chosen = chosen(name, place);
        return chosen == null ? null : chosen.choice();
    }

    private Lookup choose(DomainName name, Place place) {
        Chosen chosen = chosen(name, place);
        if (chosen == null) {
            boolean isElsewhere =
                    service(name).isPresent() && !place.datacenter().equals(own);
            return Lookup.unknown(
                    isElsewhere
                            ? "the services of a place in " + place.datacenter() + " are answered by resolvers there"
                            : "nothing is known yet of " + name + "; ask again, or elsewhere");
        }
        if (chosen.choice().reasons().isEmpty() && !vips.containsKey(name.name()) && !isFederation(name.name())) {
            if (!areVipsKnown) {
                return Lookup.unknown("the Vips are not known here yet; ask again, or elsewhere");
            }
            return Lookup.absent("there is no domain '" + name.name()
                    + "': it is not the federation's, no Vip, and nobody" + " provides a service of that name in group "
                    + name.service().group());
        }
        return Lookup.found(DomainAnswer.of(
                name.toString(),
                chosen.duties(),
                place,
                Math.toIntExact(settings.ttl().toSeconds()),
                chosen.choice().chosen()));
    }

    private @Nullable Chosen chosen(DomainName name, Place place) {
        Duties duties = duty.current();
        if (isFederation(name.name())) {
            List<Candidate> all =
                    name.name().equals(settings.sessions()) ? federation.sessions() : federation.consoles();
            // Nobody can do anything with an empty one: whoever knows of nobody says that he does not know.
            return all.isEmpty() ? null : new Chosen(Choice.of(place, duties, FEDERATION, all), duties);
        }
        Vip vip = vips.get(name.name());
        if (vip != null && vip.service() == null) {
            Choice.Rule rule = new Choice.Rule(vip.protectPercent(), false);
            return new Chosen(Choice.of(place, duties, rule, candidates(vip)), duties);
        }
        return service(name).map(each -> ofService(each, place)).orElse(null);
    }

    /** All that is shown, as a subscriber has it: which datacenters' addresses those are has been decided already. */
    private @Nullable Chosen ofService(DomainName name, Place place) {
        if (!place.datacenter().equals(own)) {
            return null;
        }
        List<Candidate> shown = services.current(name.service(), name.scope());
        if (shown == null) {
            return null;
        }
        List<Choice.Reason> reasons = shown.stream()
                .map(each -> new Choice.Reason(
                        each,
                        true,
                        "shown to subscribers of scope " + name.scope().wireName()))
                .toList();
        return new Chosen(new Choice(shown, reasons, false), duty.current());
    }

    private List<Candidate> candidates(Vip vip) {
        List<Candidate> all = new ArrayList<>();
        for (VipEndpoint each : vip.endpoints()) {
            HealthState state = health.find(vip, each.address());
            all.add(new Candidate(
                    each.address(), each.datacenter(), each.zone(), each.weight(), state.isHealthy(), state.word()));
        }
        return all;
    }

    private boolean isFederation(String name) {
        return name.equals(settings.sessions()) || name.equals(settings.consoles());
    }
}
