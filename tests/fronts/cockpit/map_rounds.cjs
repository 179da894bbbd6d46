// The map's script with just enough of a page around it: how many maps and observers stay after twenty rounds.
const fs=require("fs"), vm=require("vm");
let live=0, watched=0; const on={};
const layer=()=>({getBounds:()=>({getCenter:()=>({})}),getElement:()=>el(),bindTooltip(){},addTo(){return this}});
const el=()=>({setAttribute(){},addEventListener(){},focus(){},dataset:{}});
const L={map:()=>{live++;return{fitBounds(){},on(){},latLngToContainerPoint:()=>({x:0,y:0}),remove(){live--},invalidateSize(){}}},
 svg:()=>({}),control:{zoom:()=>({addTo(){}})},
 geoJSON:(s,o)=>{s.features.forEach(f=>o.onEachFeature(f,layer()));return{addTo(){return this}}}};
let canvas=null;
const fresh=()=>{if(canvas)canvas.isConnected=false;canvas={isConnected:true,dataset:{shapes:"/s",measure:"m"},closest:()=>({querySelector:s=>s==="#map-units"?{textContent:"{}"}:null})}};
const document={querySelectorAll:()=>[canvas],addEventListener:(n,f)=>on[n]=f,readyState:"loading"};
const ctx={document,window:{},L,JSON,Map,Error,Infinity,Math,String,Number,ResizeObserver:class{constructor(){watched++}observe(){}disconnect(){watched--}},
 fetch:async()=>({ok:true,json:async()=>({frame:[0,0,1,1],features:[{id:"1",properties:{name:"x"}}]})})};
vm.runInNewContext(fs.readFileSync(process.argv[2],"utf8"),ctx);
(async () => {
  fresh(); on.DOMContentLoaded(); await new Promise((r) => setTimeout(r, 50));
  for (let i = 0; i < 20; i++) { fresh(); on["htmx:afterSettle"](); await new Promise((r) => setTimeout(r, 10)); }
  console.log(`maps ${live} observers ${watched}`);
})();
