/** PowerShell's commands, by verb and by name. From documentation: Approved Verbs, and the reference of each module. */
import type { Effect } from './types.ts';
import { wordSet } from './words.ts';

const VERBS: readonly (readonly [Effect, ReadonlySet<string>])[] = [
  [
    'read',
    wordSet(
      'get test measure select show find compare format where sort group resolve trace convertto convertfrom convert out write tee join split foreach search wait ping read receive',
    ),
  ],
  ['session', wordSet('push pop enter exit use')],
  [
    'mutate',
    wordSet(
      'set new add enable start restart update import install publish register connect copy move rename send save grant mount resume suspend merge sync optimize repair restore approve unblock export backup checkpoint expand compress edit lock unlock open close protect unprotect switch undo redo debug request submit assert confirm complete deploy build initialize resize invoke step watch skip step',
    ),
  ],
  [
    'destroy',
    wordSet(
      'remove clear stop disable uninstall reset unregister dismount revoke deny block disconnect unpublish limit hide',
    ),
  ],
];

/** Commands that their verb does not tell about. */
const COMMANDS: ReadonlyMap<string, Effect> = new Map(
  (
    [
      [
        'read',
        `clear-host start-sleep import-csv import-clixml import-powershelldatafile import-localizeddata new-timespan new-guid
        wait-job receive-job convertto-securestring convertfrom-securestring update-list get-random`,
      ],
      [
        'session',
        `set-location set-variable new-variable remove-variable clear-variable set-alias new-alias remove-alias import-alias set-strictmode import-module
        remove-module new-module export-modulemember new-object new-psdrive remove-psdrive clear-history add-history stop-job remove-job suspend-job
        resume-job remove-pssession disconnect-pssession remove-cimsession new-cimsession set-psdebug set-psreadlineoption set-psreadlinekeyhandler set-psbreakpoint
        remove-psbreakpoint update-typedata update-formatdata register-objectevent unregister-event register-engineevent remove-event set-clipboard
        set-azcontext select-azcontext select-azsubscription set-azdefault
        add-member add-pssnapin remove-pssnapin`,
      ],
      [
        'local-write',
        `tee-object out-file export-csv export-clixml export-alias export-certificate export-pfxcertificate expand-archive compress-archive copy-item rename-item
        move-item new-item add-content set-content new-temporaryfile start-transcript stop-transcript update-help save-help save-module
        save-script unblock-file install-module update-module install-script install-psresource update-psresource connect-azaccount disconnect-azaccount
        connect-mggraph disconnect-mggraph connect-exchangeonline disconnect-exchangeonline clear-azcontext set-authenticodesignature`,
      ],
      ['mutate', 'clear-dnsclientcache disable-psbreakpoint write-eventlog out-printer clear-dnsservercache'],
      [
        'destroy',
        `restart-computer format-volume initialize-disk suspend-vm suspend-service suspend-azsqldatabase restore-computer restore-azsqldatabase
       `,
      ],
      [
        'unknown',
        'add-type invoke-item invoke-history invoke-pester invoke-build invoke-psake import-dscresource',
      ],
    ] as const
  ).flatMap(([effect, names]) => [...wordSet(names)].map((name) => [name, effect] as const)),
);

/** The short names that scripts use most. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  `? where-object,where where-object,% foreach-object,foreach foreach-object,select select-object,sort sort-object,measure measure-object,
  group group-object,ft format-table,fl format-list,fw format-wide,gci get-childitem,ls get-childitem,dir get-childitem,gc get-content,cat get-content,
  type get-content,gps get-process,ps get-process,gsv get-service,gcm get-command,gi get-item,gm get-member,gp get-itemproperty,gpv get-itempropertyvalue,
  gv get-variable,gal get-alias,gdr get-psdrive,gjb get-job,gmo get-module,gu get-unique,gwmi get-wmiobject,gcim get-ciminstance,gtz get-timezone,
  gcb get-clipboard,ghy get-history,h get-history,history get-history,gl get-location,pwd get-location,help get-help,man get-help,sls select-string,
  sl set-location,cd set-location,chdir set-location,pushd push-location,popd pop-location,ni new-item,mkdir new-item,md new-item,ri remove-item,
  rm remove-item,rmdir remove-item,del remove-item,erase remove-item,rd remove-item,rp remove-itemproperty,rv remove-variable,rmo remove-module,
  rjb remove-job,rcjb receive-job,wjb wait-job,sajb start-job,spjb stop-job,spps stop-process,kill stop-process,spsv stop-service,sasv start-service,
  start start-process,saps start-process,sc set-content,ac add-content,clc clear-content,cli clear-item,clp clear-itemproperty,clv clear-variable,cls clear-host,
  clear clear-host,cpi copy-item,cp copy-item,copy copy-item,mi move-item,mv move-item,move move-item,rni rename-item,ren rename-item,si set-item,
  sp set-itemproperty,sv set-variable,set set-variable,sal set-alias,nal new-alias,nv new-variable,ndr new-psdrive,mount new-psdrive,nsn new-pssession,
  etsn enter-pssession,exsn exit-pssession,rsn remove-pssession,echo write-output,write write-output,oh out-host,ogv out-gridview,lp out-printer,
  diff compare-object,compare compare-object,epcsv export-csv,ipcsv import-csv,ipmo import-module,ii invoke-item,iwr invoke-webrequest,irm invoke-restmethod,
  iex invoke-expression,icm invoke-command,iwmi invoke-wmimethod,icim invoke-cimmethod,ihy invoke-history,r invoke-history,rvpa resolve-path,
  shcm show-command,sleep start-sleep,tee tee-object,tnc test-netconnection,trcm trace-command,sbp set-psbreakpoint,cvpa convert-path,fhx format-hex`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** The full name behind an alias; the name itself where it is none. In lower case. */
export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return ALIASES.get(lower) ?? lower;
}

/** The verb of `verb-noun`; undefined where the word has another form. */
export function verbOf(name: string): string | undefined {
  return /^(?:[a-z][\w.]*\\)?([a-z]+)-[a-z]/.exec(name)?.[1];
}

/** What a command does by its name or verb; undefined where neither is in a table. */
export function effectOf(name: string): Effect | undefined {
  const known = COMMANDS.get(name);
  if (known !== undefined) return known;
  const verb = verbOf(name);
  return verb === undefined ? undefined : VERBS.find(([, verbs]) => verbs.has(verb))?.[0];
}

/** Asks on the terminal unless `-Force` or `-Confirm:$false` answers. */
const ASKS = [
  /^(remove|stop|clear|reset|restore)-az/,
  /^remove-ad/,
  /^remove-(partition|vm|smbshare|net(ipaddress|route|nat)|dns\w+|dhcp\w+|mailbox|mguser|mggroup|website|webapppool|iissite|storagepool|virtualdisk|clusternode|clusterresource|clustergroup)$/,
  /^(unregister-scheduledtask|format-volume|clear-disk|clear-recyclebin|disable-netadapter|set-executionpolicy|stop-iissite)$/,
];
/** Signs a person in unless a credential is given. */
const SIGNS_IN = /^connect-(azaccount|mggraph|exchangeonline|azuread|msolservice|pnponline|viserver)$/;

/** Whether a command (full name, lower case) asks before it goes on. */
export function asksFirst(name: string): boolean {
  return ASKS.some((pattern) => pattern.test(name));
}

/** Whether a command opens a dialog to sign in. */
export function signsIn(name: string): boolean {
  return SIGNS_IN.test(name);
}

const NEEDS_TERMINAL = wordSet('read-host get-credential out-gridview show-command pause');

/** Whether a command waits for somebody at a terminal or a window. */
export function needsTerminal(name: string): boolean {
  return NEEDS_TERMINAL.has(name);
}

/** Methods of .NET that only look. */
const LOOKS = wordSet(
  `tostring gettype trim trimend trimstart split contains startswith endswith replace substring tolower toupper tolowerinvariant toupperinvariant indexof
  lastindexof adddays addhours addminutes addseconds addmonths addyears addmilliseconds subtract parse parseexact tryparse round floor ceiling max min abs join
  format combine exists isnullorempty isnullorwhitespace getenvironmentvariable getenvironmentvariables getstring getbytes tobase64string frombase64string containskey equals padleft
  padright matches match ismatch getfilename getdirectoryname getextension getfilenamewithoutextension gettemppath getfullpath newguid readalltext readalllines
  readallbytes getfiles getdirectories gethostname gethostaddresses gethostentry tolocaltime touniversaltime tounixtimeseconds fromunixtimeseconds tofiletime
  count where foreach getenumerator getvalue getproperty compareto todatetime toint32 toint64 getprocesses getprocessesbyname startnew`,
);
const DESTROYS = wordSet(
  'delete kill stop stopservice reboot shutdown uninstall terminate deletesubkey deletesubkeytree deletevalue deletetree win32shutdown',
);

/** What calling a method of .NET does. */
export function effectOfMethod(name: string): Effect {
  const lower = name.toLowerCase();
  if (LOOKS.has(lower)) return 'read';
  return DESTROYS.has(lower) ? 'destroy' : 'unknown';
}
