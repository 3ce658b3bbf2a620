/** Web servers and proxies: nginx, Apache, HAProxy, Caddy, Traefik, Envoy, Varnish. From their man pages in Debian 12. */
import { unknown, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { destroy, each, local, mutate, read, stream, type Tool, terminal } from './table.ts';

const SOURCE = 'from the man pages of Debian 12';

export const webServers: readonly Tool[] = [
  {
    names: 'nginx openresty angie',
    source: SOURCE,
    values: '-c -g -p -e',
    switches: '-t -T -v -V -q -h',
    bare: mutate({
      why: 'starts the server',
      inverse: 'nginx -s quit',
      values: '-s',
      decide: (call) => {
        const signal = flagValue(call.parsed, '-s');
        if (signal?.dynamic) return unknown('the signal for nginx is a variable');
        if (signal && /^(stop|quit)$/.test(signal.value))
          return verdict('destroy', `nginx -s ${signal.value} takes the server out of service`, {
            inverse: 'nginx',
          });
        if (signal) return verdict('mutate', `nginx -s ${signal.value} changes the running server`);
        if (hasFlag(call.parsed, '-t -T -v -V -h'))
          return verdict('read', 'nginx -t checks its configuration');
        return /daemon off/.test(flagValue(call.parsed, '-g')?.value ?? '') ? stream : undefined;
      },
    }),
  },
  {
    names: 'apachectl apache2ctl httpd apache2',
    source: SOURCE,
    values: '-f -D -d -e -E -C -c',
    switches: '-t -S -M -v -V -l -L -X',
    commands: {
      ...each(read(), 'configtest, status, fullstatus'),
      ...each(mutate(), 'start, restart, graceful'),
      ...each(destroy({ why: 'takes the server out of service' }), 'stop, graceful-stop'),
    },
    bare: mutate({
      why: 'starts the server',
      values: '-k',
      decide: (call) => {
        const word = flagValue(call.parsed, '-k')?.value ?? '';
        if (/^(stop|graceful-stop)$/.test(word))
          return { effect: 'destroy', why: 'takes the server out of service' };
        return hasFlag(call.parsed, '-t -S -M -v -V -l -L')
          ? verdict('read', `${call.name} -t checks its configuration`)
          : hasFlag(call.parsed, '-X')
            ? stream
            : undefined;
      },
    }),
  },
  {
    names: 'a2ensite a2enmod a2enconf',
    source: SOURCE,
    bare: mutate({ inverse: 'a2dissite, a2dismod or a2disconf with the same name' }),
  },
  {
    names: 'a2dissite a2dismod a2disconf',
    source: SOURCE,
    bare: destroy({ inverse: 'a2ensite, a2enmod or a2enconf with the same name' }),
  },
  { names: 'a2query', source: SOURCE, bare: read() },
  {
    names: 'haproxy',
    source: SOURCE,
    values: '-f -p -n -N -L -S -W',
    switches: '-c -D -d -v -q -V',
    bare: mutate({
      why: 'starts the proxy',
      decide: (call) =>
        hasFlag(call.parsed, '-c -v')
          ? verdict('read', 'haproxy -c checks its configuration')
          : hasFlag(call.parsed, '-D')
            ? undefined
            : stream,
    }),
  },
  {
    names: 'caddy',
    source: 'from documentation: Caddy 2',
    values:
      '--config -c --adapter -a --address --envfile --from --to --root --listen --pidfile -p --plaintext',
    commands: {
      ...each(read(), 'validate, adapt, environ, list-modules, version, build-info, help'),
      'hash-password': read({
        decide: (call) => (hasFlag(call.parsed, '--plaintext -p') ? undefined : terminal),
      }),
      fmt: read({ when: { '--overwrite -w': { effect: 'local-write' } } }),
      ...each(mutate({ mode: 'stream' }), 'run, file-server, reverse-proxy, respond'),
      ...each(mutate(), 'start, reload, trust'),
      ...each(destroy(), 'stop, untrust'),
      ...each(local(), 'upgrade, add-package, remove-package, storage export'),
    },
  },
  {
    names: 'traefik envoy squid varnishd lighttpd',
    source: 'from documentation',
    values: '-c --config --config-path --configfile -f -k --mode',
    switches: '-t -v',
    bare: mutate({
      why: 'starts a server',
      mode: 'stream',
      decide: (call) => {
        if (
          call.name === 'squid' &&
          /^(shutdown|kill|interrupt)$/.test(flagValue(call.parsed, '-k')?.value ?? '')
        )
          return { effect: 'destroy', mode: 'capture' };
        if (call.name === 'squid' && flagValue(call.parsed, '-k'))
          return flagValue(call.parsed, '-k')?.value === 'parse'
            ? verdict('read', 'squid -k parse checks its configuration')
            : { mode: 'capture' };
        return /^(version|healthcheck)$/.test(call.args[0]?.value ?? '') ||
          (call.name === 'lighttpd' && hasFlag(call.parsed, '-t')) ||
          flagValue(call.parsed, '--mode')?.value === 'validate'
          ? verdict('read', `${call.name} checks`)
          : undefined;
      },
    }),
  },
  {
    names: 'varnishadm',
    source: SOURCE,
    values: '-T -S -t -n',
    targets: { host: '-T' },
    bare: { effect: 'unknown', why: 'unknown: varnishadm opens a prompt', ...terminal },
    commands: {
      ...each(
        read(),
        'status, ping, banner, vcl.list, vcl.show, ban.list, param.show, backend.list, storage.list, help, panic.show',
      ),
      ...each(
        mutate(),
        'vcl.load, vcl.use, vcl.inline, param.set, start, ban, backend.set_health, vcl.state, vcl.label',
      ),
      ...each(destroy(), 'stop, vcl.discard, panic.clear'),
    },
  },
  {
    names: 'varnishlog varnishncsa varnishhist varnishtop',
    source: SOURCE,
    values: '-q -g -i -n',
    bare: read({
      decide: (call) =>
        hasFlag(call.parsed, '-d') ? undefined : /hist|top/.test(call.name) ? terminal : stream,
    }),
  },
  {
    names: 'varnishstat',
    source: SOURCE,
    values: '-f -n',
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-1 -x -j') ? undefined : terminal) }),
  },
  {
    names: 'php-fpm uwsgi',
    source: 'from documentation',
    values: '-c -y -p',
    bare: mutate({
      why: 'starts a server',
      decide: (call) =>
        hasFlag(call.parsed, '-t --test -v -i -m')
          ? verdict('read', 'checks its configuration')
          : call.args.some((arg) => arg.value === '--stop')
            ? { effect: 'destroy' }
            : call.args.some((arg) => arg.value === '--reload')
              ? undefined
              : hasFlag(call.parsed, '-D --daemonize')
                ? undefined
                : stream,
    }),
  },
  {
    names: 'htpasswd',
    source: SOURCE,
    bare: local({
      decide: (call) =>
        hasFlag(call.parsed, '-n')
          ? verdict('read', 'htpasswd -n prints', hasFlag(call.parsed, '-b -i') ? {} : terminal)
          : hasFlag(call.parsed, '-D')
            ? { effect: 'destroy' }
            : hasFlag(call.parsed, '-b -i')
              ? undefined
              : terminal,
    }),
  },
];
