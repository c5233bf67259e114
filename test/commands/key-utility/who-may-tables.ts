/**
 * Who may do what with a key (AWS CloudHSM User Guide, the pages of these commands; what of M values is said in "key_mgmt_util-genSymKey").
 * `nex` is what comes of a yes where the key is not extractable, `m2` where two must approve of its use; `-` is no difference.
 */
export const withKey = `
                       nobody   owner    sharee   stranger officer  nex     m2
getKeyInfo             login    yes      yes      denied   login    -       -
findSingleKey          login    yes      yes      denied   login    -       -
getAttribute           login    yes      yes      denied   login    -       -
extractMaskedObject    login    yes      denied   denied   login    -       -
deleteKey              login    yes      denied   denied   login    -       approve
exSymKey               login    yes      denied   denied   login    denied  approve
wrapKey                login    yes      denied   denied   login    denied  approve
wrapKey-under          login    yes      yes      denied   login    -       approve
unWrapKey-under        login    used     used     denied   login    -       approve
aesWrapUnwrap          login    yes      yes      denied   login    -       approve
sign                   login    yes      yes      denied   login    -       approve
verify                 login    not      not      not      login    -       -
exportPrivateKey       login    yes      denied   denied   login    denied  approve
exportPubKey           login    yes      yes      yes      login    -       -
getCaviumPrivKey       login    yes      yes      denied   login    -       -
imSymKey-under         login    yes      yes      denied   login    -       approve
importPrivateKey-under login    yes      yes      denied   login    -       approve
setAttribute           login    kept     denied   denied   login    -       -
`;

/**
 * Who may do what is about no key that is there. `yes` is done, `login` is refused to whoever is not logged in as a crypto user,
 * `no` is refused to everybody: what no HSM does in FIPS mode, and commands whose words nobody has published.
 */
export const withoutKey = `
                     nobody   user     officer
findKey              login    yes      login
genSymKey            login    yes      login
genRSAKeyPair        login    yes      login
genECCKeyPair        login    yes      login
genDSAKeyPair        login    yes      login
importPubKey         login    yes      login
insertMaskedObject   login    yes      login
logoutHSM            login    yes      login
loginHSM             yes      yes      yes
loginStatus          yes      yes      yes
listUsers            yes      yes      yes
getHSMInfo           yes      yes      yes
getPartitionInfo     yes      yes      yes
getCert              yes      yes      yes
listAttributes       yes      yes      yes
listECCCurveIds      yes      yes      yes
Error2String         yes      yes      yes
IsValidKeyHandlefile yes      yes      yes
help                 yes      yes      yes
exit                 yes      yes      yes
quit                 yes      yes      yes
genPBEKey            no       no       no
createPublicKey      no       no       no
getToken             no       no       no
delToken             no       no       no
approveToken         no       no       no
listTokens           no       no       no
`;
