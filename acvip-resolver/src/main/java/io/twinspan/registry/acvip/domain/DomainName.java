package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;

/**
 * What is asked for. Only a service needs more than the name.
 *
 * @param name a domain of the federation, a Vip, or the dataId of a service
 * @param service what the name means if it is a service
 * @param scope how far a service is looked for
 */
public record DomainName(String name, DataInfoId service, Scope scope) implements Comparable<DomainName> {
    private static final String GROUP = "group=";
    private static final String INSTANCE = "instance=";
    private static final String SCOPE = "scope=";

    /** A name without anything else. */
    public static DomainName of(String name) {
        return new DomainName(name, DataInfoId.of(name), Scope.GLOBAL);
    }

    /**
     * Reads {@code NAME} or {@code NAME?group=G&instance=I&scope=S}, as a poll names it; parts may be left out.
     *
     * @throws IllegalArgumentException when there is something else in it
     */
    public static DomainName parse(String text) {
        int mark = text.indexOf('?');
        if (mark < 0) {
            return of(text);
        }
        String group = DataInfoId.DEFAULT_GROUP;
        String instance = DataInfoId.DEFAULT_INSTANCE_ID;
        Scope scope = Scope.GLOBAL;
        for (String part : text.substring(mark + 1).split("&", -1)) {
            if (part.startsWith(GROUP)) {
                group = part.substring(GROUP.length());
            } else if (part.startsWith(INSTANCE)) {
                instance = part.substring(INSTANCE.length());
            } else if (part.startsWith(SCOPE)) {
                scope = Scope.ofWire(part.substring(SCOPE.length()));
            } else {
                throw new IllegalArgumentException(
                        "domain '" + text + "' has '" + part + "', which is none of group=, instance=, scope=");
            }
        }
        String name = text.substring(0, mark);
        return new DomainName(name, new DataInfoId(name, instance, group), scope);
    }

    @Override
    public int compareTo(DomainName other) {
        int order = service.compareTo(other.service);
        return order != 0 ? order : scope.compareTo(other.scope);
    }

    /** As a poll names it. */
    @Override
    public String toString() {
        StringBuilder query = new StringBuilder();
        if (!service.group().equals(DataInfoId.DEFAULT_GROUP)) {
            query.append('&').append(GROUP).append(service.group());
        }
        if (!service.instanceId().equals(DataInfoId.DEFAULT_INSTANCE_ID)) {
            query.append('&').append(INSTANCE).append(service.instanceId());
        }
        if (scope != Scope.GLOBAL) {
            query.append('&').append(SCOPE).append(scope.wireName());
        }
        return query.length() == 0 ? name : name + "?" + query.substring(1);
    }
}
