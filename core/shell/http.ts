/** What an HTTP request would do, by method and path. From RFC 9110 and the manuals of the APIs named below. */
import { unknown, type Verdict, verdict } from './verdict.ts';
import type { Arg } from './words.ts';

export interface HttpRequest {
  readonly method: Arg;
  /** As written; with or without a scheme. */
  readonly url: string;
  /** What is sent, where it stands in the command. */
  readonly body?: string;
}

/** Judges one request. */
export function judgeHttp(request: HttpRequest): Verdict {
  const method = request.method.value.toUpperCase();
  const targets = targetsOf(request.url);
  const path = pathOf(request.url);
  if (request.method.dynamic) return unknown('the HTTP method is a variable', { targets });
  switch (method) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
    case 'TRACE':
    case 'PROPFIND':
      return ACTING_GET.test(path)
        ? verdict('mutate', `HTTP ${method} on a path that acts (${last(path)})`, { targets })
        : verdict('read', `HTTP ${method} reads`, { targets });
    case 'DELETE':
      return verdict('destroy', 'HTTP DELETE destroys', { targets });
    case 'POST':
    case 'PUT':
    case 'PATCH':
    case 'PURGE':
      break;
    default:
      return unknown(`the HTTP method ${method} is in no table`, { targets });
  }
  if (method === 'PURGE') return verdict('mutate', 'HTTP PURGE empties a cache', { targets });
  if (DESTROYING.test(path))
    return verdict('destroy', `HTTP ${method} on ${last(path)} destroys or stops`, { targets });
  if (method === 'POST' && SEARCHING.test(path))
    return verdict('read', `HTTP POST to ${last(path)} only asks`, { targets });
  if (method === 'POST' && /\/graphql\/?$/.test(path) && isGraphqlQuery(request.body)) {
    return verdict('read', 'a GraphQL query reads', { targets });
  }
  return verdict('mutate', `HTTP ${method} changes state`, { targets });
}

/** Paths on which even GET acts. */
const ACTING_GET =
  /\/(restart|reload|shutdown|delete|purge|flush|_flush|_close|quitquitquit|-\/quit|-\/reload)\/?$/i;
/** Elasticsearch, Prometheus and common admin endpoints that destroy or stop. */
const DESTROYING =
  /(\/_delete_by_query|\/_close|\/shutdown|\/-\/quit|\/purge|\/flush|\/delete_series|\/clean_tombstones|\/(delete|destroy|terminate|drop|truncate|wipe)|\/reset)\/?$/i;
/** POST that only asks: Elasticsearch, Prometheus, Loki. */
const SEARCHING =
  /(\/_search|\/_msearch|\/_count|\/_mget|\/_analyze|\/_validate\/query|\/_field_caps|\/_explain\/[^/]+|\/api\/v1\/(query|query_range|series|labels)|\/loki\/api\/v1\/(query|query_range|series))\/?$/;

function isGraphqlQuery(body: string | undefined): boolean {
  if (!body || /^@|\$/.test(body) || /\bmutation\b|\bsubscription\b/.test(body)) return false;
  return /"query"\s*:\s*"\s*(query\b|\{)/.test(body);
}

function pathOf(url: string): string {
  const withoutQuery = url.split(/[?#]/, 1)[0] ?? '';
  return withoutQuery.replace(/^[a-z]+:\/\/[^/]*/i, '');
}

function last(path: string): string {
  return `/${path.split('/').filter(Boolean).at(-1) ?? ''}`;
}

function targetsOf(url: string): { kind: string; value: string }[] {
  const host = /^(?:[a-z]+:\/\/)?(?:[^/@\s]*@)?([^/?#\s]+)/i.exec(url)?.[1];
  return host ? [{ kind: 'host', value: host }] : [];
}
